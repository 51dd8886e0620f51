using System.Globalization;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>Two nodes on one database: one is killed under load, and the other goes on with what it looked after.</summary>
[Collection(ProcessTests.Name)]
public sealed class TakeoverTests(StoreServers servers)
{
    private const int Jobs = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Of_two_nodes_one_goes_on_with_everything_when_the_other_is_killed()
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, Jobs)
            .Select(number => new HttpJob($"job-{number:D2}", truth.Url(number % 4 == 0 ? 600 : 0), Guarantee: number % 2 == 0 ? HttpJob.AtMostOnce : "at-least-once"))
            .ToArray();
        var hocon = HttpJob.Declare(jobs);
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql, hocon);
        using var otherHome = home.Neighbour(hocon);
        await using var first = NodeProcess.Launch(home);
        await using var second = NodeProcess.Launch(otherHome);
        await Task.WhenAll(first.ReadyAsync(), second.ReadyAsync());
        await using var poller = Poller.Start(otherHome.Address);

        await truth.ReachedAsync(truth.Count + (2 * Jobs), Limit);
        var before = (await first.Api.ExecutionsAsync()).Count;
        await first.KillAsync();

        await truth.ReachedAsync(truth.Count + (2 * Jobs), Limit);
        await second.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        await poller.StopAndCheckAsync();
        var page = await second.Api.MetricsAsync();
        Books.AreBalanced(page);
        var executions = await second.Api.ExecutionsAsync();
        Assert.True(executions.Count >= before, $"{before} executions became {executions.Count}");
        Assert.Contains(executions.SelectMany(static e => e.Attempts), a => string.Equals(a.Node, otherHome.Name, StringComparison.Ordinal));
        var evidence = new Evidence(truth.Requests, executions);
        evidence.NoAttemptRanTwice();
        evidence.EveryRequestIsRecorded();
        evidence.EverySuccessRan();
        evidence.EveryInterruptedRequestIsLost();
        evidence.EveryLossFollowsItsGuarantee(job => int.Parse(job.Split('-')[1], CultureInfo.InvariantCulture) % 2 == 0);
        evidence.TokensGrow();
        evidence.NoTickIsMissing(TimeSpan.FromSeconds(1), Books.Ended(page, "skipped"));
        Assert.NotEmpty(evidence.Lost);
        Assert.Equal(0, await home.Store.CountOpenAsync());
    }
}
