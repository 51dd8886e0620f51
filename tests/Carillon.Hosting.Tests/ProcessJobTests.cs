using System.Diagnostics;
using System.Text.Json;
using Carillon.Model;
using Carillon.Web;

namespace Carillon.Hosting.Tests;

/// <summary>Processes as jobs of a whole node: from the trigger to the recorded end, and nothing left of them.</summary>
public sealed class ProcessJobTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Output_and_failure_of_a_process_are_recorded_with_its_execution()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await StartAsync(directory, "echo \"hello $CARILLON_JOB\"; echo broken >&2; exit 7");

        await app.TriggerAsync("process");
        var execution = await EndedAsync(app);

        Assert.Equal("failed", execution.GetProperty("status").GetString());
        Assert.Equal(
            ("exit 7", "broken\n"),
            (execution.GetProperty("error").GetProperty("type").GetString(), execution.GetProperty("error").GetProperty("message").GetString()));
        var output = await app.GetAsync($"executions/{execution.GetProperty("execution_id").GetString()}/output");
        var text = output.GetProperty("attempts")[0].GetProperty("text").GetString();
        Assert.Equal(["broken", "hello process"], text?.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cancelled_execution_ends_its_processes_and_says_who_cancelled_it()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await StartAsync(directory, "(setsid sleep 300 &); sleep 300");
        await app.TriggerAsync("process");
        await UntilAsync("the process and its daemon run", () => Task.FromResult(Left(directory) >= 3));

        await app.PostAsync($"executions/{(await NewestAsync(app)).GetProperty("execution_id").GetString()}/cancel");
        var execution = await EndedAsync(app);

        Assert.Equal("cancelled", execution.GetProperty("status").GetString());
        Assert.StartsWith("cancelled by ", execution.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, Left(directory));
    }

    [Fact]
    public async Task Node_that_leaves_leaves_no_process_behind()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await StartAsync(directory, "(setsid sleep 300 &); sleep 300");
        await app.TriggerAsync("process");
        await UntilAsync("the process and its daemon run", () => Task.FromResult(Left(directory) >= 3));

        await app.StopAsync();

        Assert.Equal(0, Left(directory));
    }

    private static Task<EmbeddingApp> StartAsync(TemporaryDirectory directory, string script)
    {
        var run = new ProcessRun { Command = "sh", Args = ["-c", script], Directory = directory.Path };
        return EmbeddingApp.StartAsync(directory.Path, carillon => carillon
            .Configure(static options =>
            {
                options.Security = new SecurityOptions { AllowProcess = AllowProcess.Declared };
                options.Workers.DrainTimeout = TimeSpan.FromMilliseconds(100);
            })
            .AddJob("process", run, static _ => { }));
    }

    /// <summary>How many processes still have the directory as their own.</summary>
    private static int Left(TemporaryDirectory directory)
    {
        return Directory.EnumerateDirectories("/proc")
            .Count(folder => new FileInfo(Path.Combine(folder, "cwd")).LinkTarget == directory.Path);
    }

    private static async Task<JsonElement> NewestAsync(EmbeddingApp app)
    {
        return (await app.GetAsync("jobs/process/executions")).GetProperty("items")[0];
    }

    private static async Task<JsonElement> EndedAsync(EmbeddingApp app)
    {
        JsonElement execution = default;
        await UntilAsync("the execution has ended", async () =>
            (execution = await NewestAsync(app)).GetProperty("finished_at").ValueKind == JsonValueKind.String);
        return execution;
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        var since = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(since.Elapsed < Limit, $"not within {Limit}: {what}");
            await Task.Yield();
        }
    }
}
