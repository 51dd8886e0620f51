using System.Diagnostics;
using System.Globalization;
using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Executors;

/// <summary>Real processes: what they are told, what is kept of them, and that nothing of them is left.</summary>
public sealed class ProcessExecutorTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly ProcessExecutor _executor =
        new(isAllowed: true, static name => name == "SECRET" ? "from the worker" : null, TimeProvider.System);

    [Fact]
    public async Task Process_is_told_about_its_attempt_and_gets_the_payload_as_its_input()
    {
        var context = Context(payload: """{"n":1}""");

        await RunAsync(context, "env | grep -E '^(CARILLON|TRACEPARENT|OWN|HIDDEN)' | sort; cat", env: ("OWN", "${?SECRET}"));

        Assert.Equal(
            $$"""
            CARILLON_ATTEMPT=2
            CARILLON_EXECUTION={{context.ExecutionId}}
            CARILLON_FENCING_TOKEN=77
            CARILLON_IDEMPOTENCY_KEY={{context.ExecutionId}}
            CARILLON_JOB=job
            CARILLON_SCHEDULED_AT=1970-01-01T00:00:00.000000Z
            OWN=from the worker
            TRACEPARENT=00-{{context.ExecutionId:N}}-000000000000004d-01
            {"n":1}
            """,
            context.Output.Text());
    }

    [Fact]
    public async Task Settings_of_the_node_are_not_told_to_processes()
    {
        var context = Context();
        Environment.SetEnvironmentVariable("CARILLON_CLUSTER_SECRET_OF_THIS_TEST", "secret");

        await RunAsync(context, "env");

        Assert.DoesNotContain("OF_THIS_TEST", context.Output.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_code_other_than_zero_is_a_failure_with_the_end_of_its_errors()
    {
        var context = Context();

        var error = await Assert.ThrowsAsync<RunFailedException>(() => RunAsync(context, "echo fine; echo broken >&2; exit 3"));

        Assert.Equal(("exit 3", "broken\n"), (error.Type, error.Message));
        Assert.Contains("fine", context.Output.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_that_is_not_there_is_a_failure_that_names_it()
    {
        var run = new ProcessRun { Command = "no-such-program-anywhere" };

        var error = await Assert.ThrowsAsync<RunFailedException>(
            () => _executor.ExecuteAsync(run, Context(), CancellationToken.None));

        Assert.Contains("no-such-program-anywhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_that_is_not_there_is_a_failure_that_names_it()
    {
        var run = new ProcessRun { Command = "true", Directory = "/no/such/directory" };

        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => _executor.ExecuteAsync(run, Context(), CancellationToken.None));

        Assert.Contains("/no/such/directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_prints_without_end_is_not_held_up_and_is_cut_in_the_middle()
    {
        var context = Context(outputLimit: 100);

        await RunAsync(context, "echo first; head -c 5000000 /dev/zero | tr '\\0' y; echo; echo last");

        var text = context.Output.Text();
        Assert.StartsWith("first\n", text, StringComparison.Ordinal);
        Assert.EndsWith("last\n", text, StringComparison.Ordinal);
        Assert.Contains("[4999912 bytes left out]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_that_does_not_read_a_large_payload_ends_all_the_same()
    {
        await RunAsync(Context(payload: $"\"{new string('x', 500_000)}\""), "exit 0");
    }

    [Fact]
    public async Task Process_that_is_not_allowed_is_not_started()
    {
        var refusing = new ProcessExecutor(isAllowed: false, static _ => null, TimeProvider.System);

        var error = await Assert.ThrowsAsync<RunFailedException>(
            () => refusing.ExecuteAsync(new ProcessRun { Command = "true" }, Context(), CancellationToken.None));

        Assert.Equal("process_refused", error.Type);
        Assert.Contains("carillon.security.allow-process = declared", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 300")]
    [InlineData("sleep 300 & sleep 300 & wait")]
    [InlineData("(sleep 300 &) ; wait; sleep 300")] // a child whose parent has gone
    [InlineData("setsid sh -c 'setsid sleep 300 & sleep 300' & sleep 300")] // a daemon, in a session of its own
    [InlineData("trap '' TERM; sleep 300 & sleep 300; sleep 300")] // deaf to the polite request
    [InlineData("env -i sleep 300 & wait")] // with nothing of the environment left
    public async Task Cancelled_process_takes_everything_it_started_with_it(string script)
    {
        var context = Context();
        using var cancellation = new CancellationTokenSource();
        var running = RunAsync(context, $"cd '{Marker.FullName}'; echo started; {script}", cancellation.Token);
        await UntilAsync("the process and its children run", () => Sleepers() > 0 && context.Output.Text() is not null);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Deadline));
        Assert.Equal(0, Sleepers());
        Assert.Equal("started\n", context.Output.Text());
    }

    [Fact]
    public async Task Process_that_leaves_a_child_behind_ends_without_waiting_for_it()
    {
        var context = Context();

        await RunAsync(context, $"cd '{Marker.FullName}'; sleep 300 & echo done").WaitAsync(Deadline);

        Assert.Equal("done\n", context.Output.Text());
        Array.ForEach(SleeperIds(), static id =>
        {
            using var left = Process.GetProcessById(id);
            left.Kill();
        });
    }

    public void Dispose()
    {
        _services.Dispose();
        if (_marker is { } marker)
        {
            marker.Delete(recursive: true);
        }
    }

    private DirectoryInfo? _marker;

    /// <summary>The working directory of everything that a test starts: by it the test finds what is left.</summary>
    private DirectoryInfo Marker => _marker ??= Directory.CreateTempSubdirectory("carillon-process-");

    private int Sleepers()
    {
        return SleeperIds().Length;
    }

    private int[] SleeperIds()
    {
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Where(folder => new FileInfo(Path.Combine(folder, "cwd")).LinkTarget == Marker.FullName)
                .Select(static folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)),
        ];
    }

    private static async Task UntilAsync(string what, Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!isSo())
        {
            Assert.False(deadline.IsCancellationRequested, $"not within {Deadline}: {what}");
            await Task.Yield();
        }
    }

    private Task RunAsync(
        JobContext context, string script, CancellationToken cancellationToken = default, params (string Name, string Value)[] env)
    {
        var run = new ProcessRun
        {
            Command = "sh",
            Args = ["-c", script],
            Env = env.ToDictionary(static e => e.Name, static e => e.Value),
        };
        return _executor.ExecuteAsync(run, context, cancellationToken);
    }

    private JobContext Context(string? payload = null, int outputLimit = JobOutput.DefaultLimit)
    {
        return new JobContext
        {
            JobId = "job",
            ExecutionId = ExecutionId.Of("job", DateTimeOffset.UnixEpoch),
            ScheduledAt = DateTimeOffset.UnixEpoch,
            Attempt = 2,
            FencingToken = 77,
            Payload = payload,
            Log = NullLogger.Instance,
            Output = new JobOutput(outputLimit),
            Progress = new JobProgress(),
            Services = _services,
        };
    }
}
