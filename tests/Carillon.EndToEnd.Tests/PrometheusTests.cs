using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>What a real Prometheus makes of the page of a node that is killed and started again.</summary>
[Collection(ProcessTests.Name)]
public sealed class PrometheusTests(StoreServers servers)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Prometheus_sees_every_sample_and_no_counter_reset_over_a_crash()
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, 20).Select(number => new HttpJob($"job-{number:D2}", truth.Url(), Every: "100ms")).ToArray();
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql, HttpJob.Declare(jobs));
        await using var prometheus = await PrometheusServer.StartAsync(home);
        await using (var victim = await NodeProcess.StartAsync(home))
        {
            await prometheus.HasAsync("sum(scheduler_job_success_total)", static count => count > 200);
            await victim.KillAsync();
        }

        await prometheus.HasAsync("up", static up => up is 0);
        await using var node = await NodeProcess.StartAsync(home);
        await truth.ReachedAsync(truth.Count + 300, Limit);
        await node.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        var page = await node.Api.MetricsAsync();
        var counters = page.Types.Where(static t => t.Value is "counter").Select(static t => t.Key)
            .Concat(page.Types.Where(static t => t.Value is "histogram").SelectMany(static t => new[] { $"{t.Key}_bucket", $"{t.Key}_sum", $"{t.Key}_count" }))
            .ToArray();

        await prometheus.HasAsync("sum(scheduler_job_success_total)", count => count.Equals(page.Sum("scheduler_job_success_total")));
        await prometheus.HasAsync("scrape_samples_scraped", count => count.Equals(page.Samples.Count));
        Assert.Equal(1, await prometheus.QueryAsync("up"));
        Assert.Equal(page.Counters.Count(), await prometheus.QueryAsync($$"""count({__name__=~"{{string.Join('|', counters)}}"})"""));
        foreach (var counter in counters)
        {
            var resets = await prometheus.QueryAsync($"sum(resets({counter}[5m]))");
            Assert.True(resets is null or 0, $"{counter} was reset {resets} times");
        }

        var executions = await node.Api.ExecutionsAsync();
        Assert.Equal(executions.Count(static e => e.Status is "succeeded"), await prometheus.QueryAsync("sum(scheduler_job_success_total)"));
    }
}
