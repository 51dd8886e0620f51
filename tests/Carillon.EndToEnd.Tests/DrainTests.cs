using System.Diagnostics;
using System.Globalization;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests;

/// <summary>SIGTERM under load: what runs is waited for, and nothing is left open.</summary>
[Collection(ProcessTests.Name)]
public sealed class DrainTests(StoreServers servers, ITestOutputHelper output)
{
    private const int Jobs = 200;
    private const int WorkMilliseconds = 300;
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Node_told_to_leave_under_load_ends_what_runs_and_leaves_nothing_open(StoreKind kind)
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Enumerable.Range(0, Jobs).Select(number => new HttpJob($"job-{number:D3}", truth.Url(WorkMilliseconds))).ToArray();
        using var home = await NodeHome.MakeAsync(
            servers, kind, $"carillon.workers {{ slots = 128, drain-timeout = 10s }}\n{HttpJob.Declare(jobs)}");
        await using var poller = Poller.Start(home.Address);
        await using (var leaving = await NodeProcess.StartAsync(home))
        {
            await truth.ReachedAsync(2 * Jobs, Limit);
            Assert.Contains(truth.Requests, static r => !r.IsAnswered);
            var began = Stopwatch.GetTimestamp();

            Assert.Equal(0, await leaving.TerminateAsync(DrainTimeout));

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left in {Stopwatch.GetElapsedTime(began)} after {truth.Count} requests"));
        }

        Assert.All(truth.Requests, static r => Assert.True(r.IsAnswered, $"interrupted: {r}"));
        Assert.Equal(0, await home.Store.CountOpenAsync());

        await using var node = await NodeProcess.StartAsync(home);
        await truth.ReachedAsync(truth.Count + Jobs, Limit);
        Books.AreBalanced(await node.Api.MetricsAsync());
        await node.Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        await poller.StopAndCheckAsync();
        var page = await node.Api.MetricsAsync();
        Books.AreBalanced(page);
        var executions = await node.Api.ExecutionsAsync();
        Assert.All(executions, static e => Assert.Equal("succeeded", e.Status));
        Assert.Equal(executions.Count, page.Sum("scheduler_job_success_total"));
        var evidence = new Evidence(truth.Requests, executions);
        evidence.NoAttemptRanTwice();
        evidence.EveryRequestIsRecorded();
        evidence.EverySuccessRan();
        evidence.TokensGrow();
        evidence.NoTickIsMissing(TimeSpan.FromSeconds(1), Books.Ended(page, "skipped"));
    }
}
