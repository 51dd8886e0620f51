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
    private const string Long = "long";

    /// <summary>Longer than a process may take after SIGTERM by the defaults of the libraries around it.</summary>
    private const int LongMilliseconds = 3_500;
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
            servers, kind, $"carillon.workers {{ slots = 128, drain-timeout = 10s }}\n{HttpJob.Declare([.. jobs, Once(truth)])}");
        await using var poller = Poller.Start(home.Address);
        await using (var leaving = await NodeProcess.StartAsync(home))
        {
            await truth.ReachedAsync(2 * Jobs, Limit);
            await StartLongAsync(leaving, truth);
            var began = Stopwatch.GetTimestamp();

            var exitCode = await leaving.TerminateAsync(DrainTimeout);

            Assert.True(exitCode == 0, $"exit code {exitCode} after {Stopwatch.GetElapsedTime(began)}\n{leaving.Process.Tail}");
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

    [Fact]
    public async Task Node_told_twice_to_leave_ends_at_once()
    {
        await using var truth = await TruthServer.StartAsync();
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, HttpJob.Declare([Once(truth)]));
        await using var node = await NodeProcess.StartAsync(home);
        await StartLongAsync(node, truth);

        node.Process.Signal();
        await Eventually.IsAsync("the node drains", Limit, () => Task.FromResult(node.Process.Output.Text.Contains("Shutdown", StringComparison.Ordinal)), () => node.Process.Tail);
        var exitCode = await node.TerminateAsync(Limit);

        Assert.Equal(1, exitCode);
        Assert.False(Assert.Single(truth.Requests).IsAnswered);
    }

    [Theory]
    [InlineData("Schema migrated")]
    [InlineData("is up on")]
    public async Task Node_told_to_leave_while_it_starts_ends_in_order(string moment)
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql);
        await using var node = NodeProcess.Launch(home);
        await Eventually.IsAsync($"it says '{moment}'", Limit, () => Task.FromResult(node.Process.Output.Text.Contains(moment, StringComparison.Ordinal)), () => node.Process.Tail);

        var exitCode = await node.TerminateAsync(Limit);

        Assert.True(exitCode == 0, $"exit code {exitCode}\n{node.Process.Tail}");
        Assert.Empty(node.Process.Errors.Lines);
    }

    /// <summary>A job that runs only when it is triggered.</summary>
    private static HttpJob Once(TruthServer truth)
    {
        return new HttpJob(Long, truth.Url(LongMilliseconds), Every: "400d");
    }

    private static async Task StartLongAsync(NodeProcess node, TruthServer truth)
    {
        using var answer = await node.Api.PostAsync($"jobs/{Long}/trigger");
        answer.EnsureSuccessStatusCode();
        await Eventually.IsAsync("the long job runs", Limit, () => Task.FromResult(truth.Requests.Any(static r => r is { IsAnswered: false, Attempt.Job: Long })));
    }
}
