using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>The percentiles that are shown against those of the durations that are recorded.</summary>
[Collection(ProcessTests.Name)]
public sealed class PercentileTests(StoreServers servers)
{
    private const int Window = 1_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Percentiles_of_the_newest_thousand_runs_are_those_of_the_recorded_durations_also_after_a_crash(StoreKind kind)
    {
        await using var truth = await TruthServer.StartAsync();
        var job = new HttpJob("quick", truth.Url(5), Every: "4ms", More: "overlap = allow");
        using var home = await NodeHome.MakeAsync(servers, kind, HttpJob.Declare([job]));
        await using (var victim = await NodeProcess.StartAsync(home))
        {
            await truth.ReachedAsync(600, Limit);
            await victim.KillAsync();
        }

        await using var node = await NodeProcess.StartAsync(home);
        await truth.ReachedAsync(truth.Count + 700, Limit);
        await node.Api.QuietenAsync(["quick"], Limit);

        var executions = await node.Api.ExecutionsAsync("quick", limit: 300);
        var finished = executions.Select(static e => e.FinishedAt!.Value).ToArray();
        Assert.Equal(finished.OrderDescending(), finished);
        var durations = executions.SelectMany(static e => e.Attempts.Reverse()).Select(static a => a.DurationMs).OfType<double>().ToArray();
        Assert.True(durations.Length > Window, $"only {durations.Length} durations are recorded");
        var newest = durations.Take(Window).Order().ToArray();
        var shown = (await node.Api.GetAsync("metrics")).GetProperty("metrics")[0];
        Assert.Equal(Window, shown.GetProperty("sample_count").GetInt32());
        IsShown("p50_duration_ms", Percentile(newest, 0.50));
        IsShown("p95_duration_ms", Percentile(newest, 0.95));
        IsShown("p99_duration_ms", Percentile(newest, 0.99));
        IsShown("min_duration_ms", newest[0]);
        IsShown("max_duration_ms", newest[^1]);
        IsShown("total_duration_ms", durations.Sum());
        IsShown("avg_duration_ms", durations.Average());

        void IsShown(string field, double expected)
        {
            Assert.Equal(expected, shown.GetProperty(field).GetDouble(), tolerance: 1e-6 * Math.Max(1, expected));
        }
    }

    /// <summary>Linear interpolation at k = (n − 1) · p.</summary>
    private static double Percentile(double[] sorted, double p)
    {
        var k = (sorted.Length - 1) * p;
        var below = (int)Math.Floor(k);
        var above = (int)Math.Ceiling(k);
        return sorted[below] + ((sorted[above] - sorted[below]) * (k - below));
    }
}
