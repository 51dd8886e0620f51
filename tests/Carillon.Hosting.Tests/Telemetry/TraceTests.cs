using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting.Tests;

/// <summary>The spans of executions, as they arrive at a collector.</summary>
public sealed class TraceTests
{
    private const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task Execution_is_one_trace_of_its_own_id_with_all_attempts()
    {
        using var directory = new TemporaryDirectory();
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, carillon => Traced(carillon, collector).AddJob(
            "traced",
            static (context, _) => context.Attempt == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask,
            static job => job.Retry(1, Backoff.Fixed(TimeSpan.FromMilliseconds(1)))));

        var execution = await app.TriggerAsync("traced");
        await collector.UntilAsync(c => c.Spans().Count(s => s.TraceId == execution.ToString("N")) == 8, "8 spans");

        var spans = collector.Spans().Where(s => s.TraceId == execution.ToString("N")).ToArray();
        foreach (var attempt in new[] { "1", "2" })
        {
            var own = spans.Where(s => s.Attributes["carillon.attempt"] == attempt).OrderBy(static s => s.Start).ThenBy(static s => s.End).ToArray();
            Assert.Equal(["schedule", "claim", "run", "record"], own.Select(static s => s.Name));
            Assert.Equal(["", own[0].SpanId, own[0].SpanId, own[0].SpanId], own.Select(static s => s.ParentId));
            Assert.All(own, static s => Assert.InRange(s.End, s.Start, long.MaxValue));
            Assert.True(own[1].End <= own[2].Start, "no code runs before its start is committed");
        }

        var failed = spans.Single(static s => s is { Name: "run", Status: 2 });
        Assert.Equal("System.InvalidOperationException", failed.Attributes["error.type"]);
        Assert.Equal("failed", failed.Attributes["carillon.outcome"]);
        var recorded = await app.GetAsync($"executions/{execution}");
        Assert.Equal(execution.ToString("N"), recorded.GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task Triggering_request_is_the_parent_and_http_jobs_pass_their_run_on()
    {
        using var directory = new TemporaryDirectory();
        await using var collector = await OtlpCollector.StartAsync();
        var called = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var target = await TargetAsync(called);
        await using var app = await EmbeddingApp.StartAsync(directory.Path, carillon => Traced(carillon, collector).AddJob(
            "calls", new Model.HttpRun { Url = target.Urls.First() }, static _ => { }));

        app.Http.DefaultRequestHeaders.Add("traceparent", Parent);
        var execution = await app.TriggerAsync("calls");
        var sent = await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await collector.UntilAsync(static c => c.Spans().Count(static s => s.TraceId == Parent[3..35]) == 4, "4 spans");
        var spans = collector.Spans().Where(static s => s.TraceId == Parent[3..35]).ToDictionary(static s => s.Name, StringComparer.Ordinal);
        Assert.Equal(Parent[36..52], spans["schedule"].ParentId);
        Assert.Equal($"00-{Parent[3..35]}-{spans["run"].SpanId}-01", sent);
        Assert.Equal(Parent[3..35], (await app.GetAsync($"executions/{execution}")).GetProperty("trace_id").GetString());
    }

    private static CarillonBuilder Traced(CarillonBuilder carillon, OtlpCollector collector)
    {
        return carillon.Configure(options =>
        {
            options.Metrics.Export.Otlp.Endpoint = collector.Url;
            options.Metrics.Export.Otlp.Metrics = false;
            options.Metrics.Export.Otlp.Interval = TimeSpan.FromMilliseconds(100);
        });
    }

    private static async Task<WebApplication> TargetAsync(TaskCompletionSource<string> called)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var target = builder.Build();
        target.Run(context =>
        {
            called.TrySetResult(context.Request.Headers.TraceParent.ToString());
            return context.Response.WriteAsync("ok");
        });
        await target.StartAsync();
        return target;
    }
}
