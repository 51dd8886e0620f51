using System.Globalization;
using System.Net;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>Two nodes on one database: the second one waits, and goes on where the first one was killed.</summary>
[Collection(ProcessTests.Name)]
public sealed class TakeoverTests(StoreServers servers)
{
    private const int Jobs = 40;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Of_two_nodes_that_start_together_one_owns_everything_and_the_other_takes_over_when_it_is_killed()
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, Jobs)
            .Select(number => new HttpJob($"job-{number:D2}", truth.Url(number % 4 == 0 ? 600 : 0), Guarantee: number % 2 == 0 ? HttpJob.AtMostOnce : "at-least-once"))
            .ToArray();
        var hocon = HttpJob.Declare(jobs);
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql, hocon);
        using var otherHome = home.Neighbour(hocon);
        await using var one = NodeProcess.Launch(home);
        await using var other = NodeProcess.Launch(otherHome);
        var isOne = await OwnerAsync(one, other);
        var (first, second) = isOne ? (one, other) : (other, one);
        var (neighbour, name) = isOne ? (otherHome, otherHome.Name) : (home, home.Name);
        Assert.Equal(0, await ShardsAsync(second, name));
        await using var poller = Poller.Start(neighbour.Address);

        await truth.ReachedAsync(truth.Count + (2 * Jobs), Limit);
        Assert.Equal(0, poller.Pages);
        var before = (await first.Api.ExecutionsAsync()).Count;
        await first.KillAsync();
        await second.ReadyAsync();

        await truth.ReachedAsync(truth.Count + (2 * Jobs), Limit);
        await second.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        await poller.StopAndCheckAsync();
        var page = await second.Api.MetricsAsync();
        Books.AreBalanced(page);
        var executions = await second.Api.ExecutionsAsync();
        Assert.True(executions.Count >= before, $"{before} executions became {executions.Count}");
        Assert.Contains(executions.SelectMany(static e => e.Attempts), a => string.Equals(a.Node, name, StringComparison.Ordinal));
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

    /// <summary>Waits until both answer and one is ready.</summary>
    /// <returns>Whether it is the first one.</returns>
    private static async Task<bool> OwnerAsync(NodeProcess one, NodeProcess other)
    {
        HttpStatusCode? ofOne = null;
        HttpStatusCode? ofOther = null;
        await Eventually.IsAsync(
            "one node is ready, and one stands by",
            Limit,
            async () => ((ofOne = await one.StatusAsync()), (ofOther = await other.StatusAsync())) is
                (HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable) or (HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK),
            () => $"They say {ofOne} and {ofOther}.\n{one.Process.Tail}\n{other.Process.Tail}");
        return ofOne is HttpStatusCode.OK;
    }

    private static async Task<int> ShardsAsync(NodeProcess asked, string node)
    {
        var nodes = (await asked.Api.GetAsync("nodes")).GetProperty("items").EnumerateArray();
        return nodes.Single(n => string.Equals(n.GetProperty("node").GetString(), node, StringComparison.Ordinal)).GetProperty("shards").GetInt32();
    }
}
