using System.Globalization;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>What a Prometheus has seen through a balancer while nodes came and went, against what ran.</summary>
internal static class PrometheusCheck
{
    private const double Tolerance = 0.02;

    /// <summary>Compares, once Prometheus has seen the cluster at rest.</summary>
    /// <param name="prometheus">It has scraped every series of jobs before the first occurrence.</param>
    /// <param name="page">What the cluster shows at rest.</param>
    /// <param name="succeeded">How many executions of each job have succeeded.</param>
    /// <param name="range">As long as it has scraped, or longer.</param>
    /// <returns>One text for each thing that is not as it must be.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(
        PrometheusServer prometheus, MetricsPage page, IReadOnlyDictionary<string, double> succeeded, TimeSpan range)
    {
        var over = string.Create(CultureInfo.InvariantCulture, $"[{Math.Ceiling(range.TotalSeconds)}s]");
        var violations = new List<string>();
        foreach (var counter in page.Counters.Select(static series => series.Key.Split('{')[0]).Distinct(StringComparer.Ordinal))
        {
            var resets = await prometheus.QueryAsync($"sum(resets({counter}{over}))");
            if (resets is not 0)
            {
                violations.Add($"Prometheus has seen {resets?.ToString(CultureInfo.InvariantCulture) ?? "no samples and no"} resets of {counter}");
            }
        }

        var samples = await prometheus.SamplesAsync($"scheduler_job_success_total{over}", "job_id");
        var end = samples.Values.Max(static series => series.LastAt).ToString(CultureInfo.InvariantCulture);
        var increases = await prometheus.QueryAsync($"increase(scheduler_job_success_total{over} @ {end})", "job_id");
        foreach (var (job, count) in succeeded)
        {
            var (first, last, _) = samples[job];
            if (!(last - first).Equals(count))
            {
                violations.Add($"Prometheus: {job} went from {first} to {last}, and {count} have succeeded");
            }

            if (Math.Abs(increases[job] - count) > Tolerance * count)
            {
                violations.Add($"Prometheus: increase() of {job} is {increases[job]}, and {count} have succeeded");
            }
        }

        return violations;
    }
}
