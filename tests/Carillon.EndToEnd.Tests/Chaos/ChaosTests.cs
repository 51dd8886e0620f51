using System.Globalization;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.Testing;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>
/// What really ran, what is recorded, what was scheduled and what is shown agree after everything that may happen to a
/// cluster: a few faults here, and for CARILLON_CHAOS_MINUTES all of them, in the order of CARILLON_CHAOS_SEED.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class ChaosTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Cluster_to_which_everything_happens_tells_the_truth()
    {
        var plan = ChaosPlan.FromEnvironment(output.WriteLine);
        await using var truth = await TruthServer.StartAsync(plan.Seed);
        await using var database = await ChaosDatabase.StartAsync(plan.HasStandby);
        await using var cluster = await ChaosCluster.StartAsync(database, Faults.Nodes, plan.Hocon);
        await using var balancer = await Balancer.StartAsync(cluster.AnyOf(new Random(plan.Seed)));
        await using var prometheus = await PrometheusServer.StartAsync(balancer.Address);
        await using var run = new ChaosRun(plan, truth, cluster);
        try
        {
            await run.BeginAsync(jobs => prometheus.HasAsync("count(scheduler_job_success_total)", count => count.Equals(jobs)));
            var records = await run.RunAsync();
            var page = records.Pages.First().Value;
            await prometheus.HasAsync("sum(scheduler_job_success_total)", count => count.Equals(page.Sum("scheduler_job_success_total")));

            IReadOnlyList<string> violations =
            [
                .. run.Seen,
                .. Comparison.Violations(records),
                .. await PrometheusCheck.ViolationsAsync(prometheus, page, Comparison.Succeeded(records), run.Elapsed + TimeSpan.FromSeconds(10)),
            ];
            var summary = run.Summary(records, violations.Count);
            output.WriteLine(summary);
            Assert.True(violations.Count == 0, string.Join('\n', violations));
            if (plan.Length is not null)
            {
                new GeneratedPart("docs/reliability.md", "chaos").RewriteIfAsked($"```text\n{summary}\n```\n");
            }
        }
        catch (Exception problem)
        {
            var directory = await run.KeepEvidenceAsync();
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"seed {plan.Seed}: {problem.Message}\n{run.Story}\nlogs: {directory}"), problem);
        }
    }

    [Fact]
    public void Page_about_reliability_names_every_fault_and_every_setting()
    {
        var page = File.ReadAllText(Path.Combine(GeneratedPart.RepositoryRoot, "docs", "reliability.md"));

        Assert.All(Enum.GetNames<FaultKind>(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
        Assert.Contains(ChaosPlan.SeedVariable, page, StringComparison.Ordinal);
        Assert.Contains(ChaosPlan.MinutesVariable, page, StringComparison.Ordinal);
    }
}
