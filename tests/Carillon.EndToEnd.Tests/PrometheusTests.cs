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
    public async Task Prometheus_sees_every_sample_in_both_forms_and_no_counter_reset_over_a_crash_and_a_stop()
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, 20).Select(number => new HttpJob($"job-{number:D2}", truth.Url(), Every: "100ms")).ToArray();
        var hocon = HttpJob.Declare(jobs) + "\ncarillon.metrics { max-jobs = 15, legacy-names = [chronflow, celery] }";
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql, hocon);
        await using var relay = await TextRelay.StartAsync(home.Address);
        await using var prometheus = await PrometheusServer.StartAsync(home, relay);
        await using (var victim = await NodeProcess.StartAsync(home))
        {
            await prometheus.HasAsync("""sum(scheduler_job_success_total{job="text"})""", static count => count > 200);
            await victim.KillAsync();
        }

        await prometheus.HasAsync("max(up)", static up => up is 0);
        await using (var leaving = await NodeProcess.StartAsync(home))
        {
            await truth.ReachedAsync(truth.Count + 200, Limit);
            Assert.Equal(0, await leaving.TerminateAsync(Limit));
        }

        await using var node = await NodeProcess.StartAsync(home);
        await truth.ReachedAsync(truth.Count + 200, Limit);
        await node.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        var page = await node.Api.MetricsAsync();
        var counters = page.Types.Where(static t => t.Value is "counter").Select(static t => t.Key)
            .Concat(page.Types.Where(static t => t.Value is "histogram").SelectMany(static t => new[] { $"{t.Key}_bucket", $"{t.Key}_sum", $"{t.Key}_count" }))
            .ToArray();

        foreach (var form in PrometheusServer.Forms)
        {
            var job = $$"""{job="{{form}}"}""";
            await prometheus.HasAsync($"sum(scheduler_job_success_total{job})", count => count.Equals(page.Sum("scheduler_job_success_total")));
            await prometheus.HasAsync($"scrape_samples_scraped{job}", count => count.Equals(page.Samples.Count));
            Assert.Equal(1, await prometheus.QueryAsync($"up{job}"));
            Assert.Equal(page.Counters.Count(), await prometheus.QueryAsync($$"""count({__name__=~"{{string.Join('|', counters)}}", job="{{form}}"})"""));
            Assert.Equal(16, await prometheus.QueryAsync($"count(scheduler_job_success_total{job})"));
            Assert.Equal(
                page.By("job_id", "scheduler_job_success_total")["_other"],
                await prometheus.QueryAsync($$"""scheduler_job_success_total{job="{{form}}", job_id="_other"}"""));
        }

        foreach (var counter in counters.Append("chronflow_executions_total").Append("celery_tasks_total"))
        {
            var resets = await prometheus.QueryAsync($"sum(resets({counter}[5m]))");
            Assert.True(resets is null or 0, $"{counter} was reset {resets} times");
        }

        Assert.Equal(1, await prometheus.QueryAsync("""up{job="node"}"""));
        Assert.Equal(1, await prometheus.QueryAsync("""count(carillon_node_cpu_seconds_total{job="node"})"""));
        Assert.Null(await prometheus.QueryAsync("""count({__name__=~".+", exported_job=~".+"}) or count({__name__=~".+", exported_instance=~".+"})"""));
        var executions = await node.Api.ExecutionsAsync();
        Assert.Equal(
            executions.Count(static e => e.Status is "succeeded"),
            await prometheus.QueryAsync("""sum(scheduler_job_success_total{job="text"})"""));
    }
}
