using System.Globalization;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests;

/// <summary>kill −9 under load. What ran, what is recorded and what is shown must agree afterwards.</summary>
[Collection(ProcessTests.Name)]
public sealed class CrashTests(StoreServers servers, ITestOutputHelper output)
{
    private const int Jobs = 200;
    private const int SlowMilliseconds = 700;
    private const int Kills = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Node_killed_three_times_under_load_loses_nothing_and_doubles_nothing(StoreKind kind)
    {
        var seed = Environment.TickCount;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        var random = new Random(seed);
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, Jobs).Select(number => Job(truth, number)).ToArray();
        using var home = await NodeHome.MakeAsync(servers, kind, HttpJob.Declare(jobs));
        await using var poller = Poller.Start(home.Address);

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var victim = await NodeProcess.StartAsync(home);
            await truth.ReachedAsync(truth.Count + random.Next(300, 1_000), Limit);
            await victim.KillAsync();
            if (kind == StoreKind.Sqlite)
            {
                Assert.Equal("ok", await home.Store.CheckFileAsync());
            }
        }

        await using var node = await NodeProcess.StartAsync(home);
        await truth.ReachedAsync(truth.Count + Jobs, Limit);
        await node.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        await poller.StopAndCheckAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{poller.Pages} pages, {poller.Refusals} without a page, {truth.Count} requests"));

        var page = await node.Api.MetricsAsync();
        Books.AreBalanced(page);
        Assert.Equal(0, Books.Ended(page, "misfired").Values.Sum());
        var evidence = new Evidence(truth.Requests, await node.Api.ExecutionsAsync());
        evidence.NoAttemptRanTwice();
        evidence.EveryRequestIsRecorded();
        evidence.EverySuccessRan();
        evidence.EveryInterruptedRequestIsLost();
        evidence.EveryLossFollowsItsGuarantee(IsAtMostOnce);
        evidence.TokensGrow();
        evidence.NoTickIsMissing(TimeSpan.FromSeconds(1), Books.Ended(page, "skipped"));
        Assert.Contains(evidence.Lost, static e => IsAtMostOnce(e.JobId));
        Assert.Contains(evidence.Lost, static e => !IsAtMostOnce(e.JobId));
        Assert.Equal(0, await home.Store.CountOpenAsync());
    }

    /// <summary>Every other job runs at most once; every tenth takes its time, so that some always run.</summary>
    private static HttpJob Job(TruthServer truth, int number)
    {
        var url = truth.Url(number % 10 is 0 or 1 ? SlowMilliseconds : 0);
        return number % 2 == 0
            ? new HttpJob($"most-{number:D3}", url, Guarantee: HttpJob.AtMostOnce)
            : new HttpJob($"least-{number:D3}", url);
    }

    private static bool IsAtMostOnce(string job)
    {
        return job.StartsWith("most-", StringComparison.Ordinal);
    }
}
