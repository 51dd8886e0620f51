using System.Diagnostics;
using System.Globalization;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests;

/// <summary>Operations that are recorded at full speed, through SIGTERM and kill −9.</summary>
[Collection(ProcessTests.Name)]
public sealed class OperationTests(StoreServers servers, ITestOutputHelper output)
{
    private const int Threads = 8;
    private const int RecordsPerThread = 100_000;
    private const long Records = (long)Threads * RecordsPerThread;
    private const long Failures = Threads * (RecordsPerThread / 100);
    private const string Success = "scheduler_operation_success_total";
    private const string Failure = "scheduler_operation_failure_total";
    private const string Durations = "scheduler_operation_duration_seconds";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>The job's own time at 200,000 records a second; it includes the start of its threads.</summary>
    private static readonly TimeSpan FastEnough = TimeSpan.FromSeconds(Records / 200_000.0);

    private static readonly string Jobs = string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        carillon.jobs = [
          { id = burst, payload = "{\"name\":\"plan\",\"threads\":{{Threads}},\"records\":{{RecordsPerThread}}}", run { type = class, class = sample-operations } }
          { id = stream, payload = "{\"name\":\"stream\",\"threads\":2,\"records\":1000000000}", run { type = class, class = sample-operations } }
        ]
        """);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Records_are_exact_after_a_restart_and_lack_no_more_than_the_last_second_after_a_kill(StoreKind kind)
    {
        using var home = await NodeHome.MakeAsync(servers, kind, Jobs);
        await using (var node = await NodeProcess.StartAsync(home))
        {
            await TriggerAsync(node, "burst");
            await Eventually.IsAsync("the burst has ended", Limit, async () => (await node.Api.ExecutionsAsync("burst")).SingleOrDefault()?.Status is "succeeded");
            var took = TimeSpan.FromMilliseconds((await node.Api.ExecutionsAsync("burst"))[0].DurationMs ?? 0);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Records} records in {took}: {Records / took.TotalSeconds:N0} a second"));
            Assert.True(took < FastEnough, $"{Records} records took {took}");

            Assert.Equal(0, await node.TerminateAsync(Limit)); // at once: the last records are a moment old
        }

        double shown;
        await using (var node = await NodeProcess.StartAsync(home))
        {
            var page = await node.Api.MetricsAsync();
            AssertBurst(page);
            Assert.Equal(0, page.Sum("scheduler_metrics_dropped_total"));

            await TriggerAsync(node, "stream");
            await Eventually.IsAsync("the stream is shown", Limit, async () => (await node.Api.MetricsAsync()).By("operation", Success).ContainsKey("stream"));
            var began = Stopwatch.GetTimestamp();
            shown = (await node.Api.MetricsAsync()).By("operation", Success)["stream"];
            await node.KillAsync();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{shown} of the stream shown {Stopwatch.GetElapsedTime(began)} before the kill"));
        }

        await using (var node = await NodeProcess.StartAsync(home))
        {
            await Eventually.IsAsync(
                "the kill is counted", Limit, async () => (await node.Api.MetricsAsync()).By("reason", "scheduler_metrics_dropped_total")["killed"] > 0);
            var page = await node.Api.MetricsAsync();
            AssertBurst(page);
            Assert.Equal(1, page.By("reason", "scheduler_metrics_dropped_total")["killed"]);
            Assert.True(page.By("operation", Success)["stream"] >= shown, "what was shown before the kill is lost");
        }
    }

    private static void AssertBurst(MetricsPage page)
    {
        Assert.Equal(Records - Failures, page.By("operation", Success)["plan"]);
        Assert.Equal(Failures, page.By("operation", Failure)["plan"]);
        var histogram = page.Samples.Where(static s => s.Key.StartsWith(Durations, StringComparison.Ordinal) && s.Key.Contains("\"plan\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(Records, histogram.Where(static s => s.Key.StartsWith(Durations + "_count", StringComparison.Ordinal)).Sum(static s => s.Value));
        var seconds = histogram.Where(static s => s.Key.StartsWith(Durations + "_sum", StringComparison.Ordinal)).Sum(static s => s.Value);
        Assert.Equal(Records * 4_999.5 / 1_000_000, seconds, 6); // latencies of 0 to 9,999 µs, each as often as the others
    }

    private static async Task TriggerAsync(NodeProcess node, string job)
    {
        using var answer = await node.Api.PostAsync($"jobs/{job}/trigger");
        answer.EnsureSuccessStatusCode();
    }
}
