using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests;

/// <summary>
/// One of three nodes is killed, or stands still for longer than its lease: what it looked after goes on elsewhere, and
/// comes back to it.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class ClusterFaultTests(StoreServers servers, ITestOutputHelper output)
{
    private const int Ticks = 60;
    private const int Slow = 40;
    private const int SlowMilliseconds = 2_000;
    private const int Victim = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterKill = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan InFlightAfterKill = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan AfterPause = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OnTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Killed_node_is_replaced_at_once_and_takes_its_shards_back()
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Declare(truth);
        await using var cluster = await RunningCluster.StartAsync(servers, 3, HttpJob.Declare(jobs));
        var api = cluster.Node(0).Api;
        var name = cluster.NameOf(Victim);
        var before = await cluster.SettledAsync();

        var inFlight = await InFlightAsync(api, name);
        await cluster.Node(Victim).KillAsync();
        var killed = TimeProvider.System.GetUtcNow();
        await Eventually.IsAsync("the killed node is told as dead", Limit, async () => (await cluster.LivesAsync(Victim)).All(static life => IsIn(life, "dead")));
        output.WriteLine(Shown("told as dead after", TimeProvider.System.GetUtcNow() - killed));
        await RanSinceAsync(truth, before[name], killed, times: 2);
        await RanAgainAsync(truth, inFlight.Single(static e => !IsAtMostOnce(e.JobId)));

        await cluster.StartAgainAsync(Victim);
        var after = await cluster.SettledAsync();
        await RanSinceAsync(truth, before[name], TimeProvider.System.GetUtcNow(), times: 2);
        var explained = await Task.WhenAll(inFlight.Select(execution => ExplainAsync(api, execution)));
        var evidence = await EndAsync(cluster, truth, jobs);

        Assert.Equal(before[name], after[name]);
        evidence.EveryInterruptedRequestIsLost();
        AssertTakenOver(evidence, truth, before[name], name, killed, AfterKill);
        var again = truth.Requests.First(r => r.Execution == inFlight.Single(static e => !IsAtMostOnce(e.JobId)).ExecutionId && r.Attempt.Attempt == 2);
        output.WriteLine(Shown("in flight, again after", again.ArrivedAt - killed));
        Assert.True(again.ArrivedAt - killed <= InFlightAfterKill, $"ran again {again.ArrivedAt - killed} after the kill");
        Assert.All(inFlight.Zip(explained), pair => AssertExplained(pair.First, pair.Second, name));
    }

    [Fact]
    public async Task Node_that_stood_still_starts_nothing_afterwards_and_rejoins()
    {
        await using var truth = await TruthServer.StartAsync();
        var jobs = Declare(truth);
        await using var cluster = await RunningCluster.StartAsync(servers, 3, HttpJob.Declare(jobs));
        var name = cluster.NameOf(Victim);
        var before = await cluster.SettledAsync();
        var incarnation = IncarnationOf(Assert.Single(await cluster.LivesAsync(Victim), static life => IsIn(life, "up")));
        await InFlightAsync(cluster.Node(0).Api, name);

        var process = cluster.Node(Victim).Process;
        var began = Stopwatch.GetTimestamp();
        process.Suspend();
        var stopped = TimeProvider.System.GetUtcNow();
        await RanSinceAsync(truth, before[name], stopped, times: 3);
        await Eventually.IsAsync("the pause is over", Limit, () => Task.FromResult(Stopwatch.GetElapsedTime(began) >= Pause));
        process.Resume();
        var resumed = Stopwatch.GetTimestamp();
        await Eventually.IsAsync(
            "the node is up as another incarnation",
            Limit,
            async () => (await cluster.LivesAsync(Victim)).Any(life => IsIn(life, "up") && IncarnationOf(life) != incarnation),
            () => process.Tail);
        output.WriteLine(Shown("rejoined after", Stopwatch.GetElapsedTime(resumed)));
        var after = await cluster.SettledAsync();
        await RanSinceAsync(truth, before[name], TimeProvider.System.GetUtcNow(), times: 2);
        var evidence = await EndAsync(cluster, truth, jobs);

        Assert.False(process.HasExited, process.Tail);
        Assert.Equal(before[name], after[name]);
        AssertTakenOver(evidence, truth, before[name], name, stopped, AfterPause);
    }

    /// <summary>Jobs that are done at once, and some that take their time, every other one at most once.</summary>
    private static HttpJob[] Declare(TruthServer truth)
    {
        var ticks = Enumerable.Range(0, Ticks).Select(number => new HttpJob($"tick-{number:D2}", truth.Url()));
        var slow = Enumerable.Range(0, Slow).Select(number => number % 2 == 0
            ? new HttpJob($"slow-most-{number:D2}", truth.Url(SlowMilliseconds), Guarantee: HttpJob.AtMostOnce)
            : new HttpJob($"slow-least-{number:D2}", truth.Url(SlowMilliseconds)));
        return [.. ticks, .. slow];
    }

    private static bool IsAtMostOnce(string job)
    {
        return job.StartsWith("slow-most-", StringComparison.Ordinal);
    }

    /// <summary>Waits until executions of both guarantees have just begun on a node.</summary>
    private static async Task<ExecutionRow[]> InFlightAsync(SchedulerApi api, string node)
    {
        ExecutionRow[] found = [];
        await Eventually.IsAsync($"executions of both guarantees run on {node}", Limit, async () =>
        {
            var young = TimeProvider.System.GetUtcNow() - TimeSpan.FromMilliseconds(SlowMilliseconds / 2);
            var running = (await api.ExecutionsAsync(filter: $"&status=running&node={node}"))
                .Where(e => e.JobId.StartsWith("slow-", StringComparison.Ordinal) && e.Attempts[^1].StartedAt > young);
            found = [.. running.GroupBy(static e => IsAtMostOnce(e.JobId)).Select(static g => g.First())];
            return found.Length == 2;
        });
        return found;
    }

    /// <summary>Waits until each of the quick jobs among some has run so often since an instant.</summary>
    private static Task RanSinceAsync(TruthServer truth, string[] jobs, DateTimeOffset since, int times)
    {
        var waiting = jobs.Where(static job => job.StartsWith("tick-", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(waiting);
        return Eventually.IsAsync(
            $"{string.Join(", ", waiting)} ran {times} times",
            Limit,
            () =>
            {
                var ran = truth.Requests.Where(r => r.ArrivedAt > since).CountBy(static r => r.Attempt.Job).ToDictionary(StringComparer.Ordinal);
                return Task.FromResult(waiting.All(job => ran.GetValueOrDefault(job) >= times));
            });
    }

    private static Task RanAgainAsync(TruthServer truth, ExecutionRow execution)
    {
        return Eventually.IsAsync(
            $"{execution.JobId} of {execution.ScheduledAt:O} runs again",
            Limit,
            () => Task.FromResult(truth.Requests.Any(r => r.Execution == execution.ExecutionId && r.Attempt.Attempt == 2)));
    }

    private static Task<JsonElement> ExplainAsync(SchedulerApi api, ExecutionRow execution)
    {
        var at = execution.ScheduledAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        return api.GetAsync($"jobs/{execution.JobId}/explain?at={Uri.EscapeDataString(at)}");
    }

    /// <summary>Lets everything end, and checks what must hold after any fault.</summary>
    private static async Task<Evidence> EndAsync(RunningCluster cluster, TruthServer truth, HttpJob[] jobs)
    {
        var api = cluster.Node(0).Api;
        await api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        await cluster.NoTotalFellAsync();
        var page = await api.MetricsAsync();
        Books.AreBalanced(page);
        Assert.Equal(0, Books.Ended(page, "misfired").Values.Sum());
        Assert.Equal(0, page.Sum("scheduler_audit_missed_total"));
        Assert.Equal(0, page.Sum("scheduler_audit_duplicates_total"));
        Assert.Equal(0, await cluster.Store.CountOpenAsync());

        var evidence = new Evidence(truth.Requests, await api.ExecutionsAsync());
        evidence.NoAttemptRanTwice();
        evidence.EveryRequestIsRecorded();
        evidence.EverySuccessRan();
        evidence.EveryLossFollowsItsGuarantee(IsAtMostOnce);
        evidence.TokensGrow();
        evidence.NoTickIsMissing(Interval, Books.Ended(page, "skipped"));
        Assert.NotEmpty(evidence.Lost);
        return evidence;
    }

    /// <summary>The jobs that stood idle on a node ran elsewhere soon after it was gone, or when they were due.</summary>
    private void AssertTakenOver(Evidence evidence, TruthServer truth, string[] jobs, string node, DateTimeOffset gone, TimeSpan limit)
    {
        var lost = evidence.Lost.Select(static e => e.JobId).ToHashSet(StringComparer.Ordinal);
        var idle = jobs.Where(job => job.StartsWith("tick-", StringComparison.Ordinal) && !lost.Contains(job)).ToArray();
        var firsts = idle.Select(job => truth.Requests.First(r =>
            string.Equals(r.Attempt.Job, job, StringComparison.Ordinal) && r.ArrivedAt > gone && evidence.NodeOf(r.Attempt) is { } ran && !string.Equals(ran, node, StringComparison.Ordinal))).ToArray();

        Assert.NotEmpty(firsts);
        output.WriteLine(Shown($"{firsts.Length} idle jobs, the last one after", firsts.Max(static r => r.ArrivedAt) - gone));
        Assert.All(firsts, first =>
        {
            var allowed = Max(gone + limit, first.Attempt.ScheduledAt + OnTime);
            Assert.True(first.ArrivedAt <= allowed, $"{first.Attempt} ran {first.ArrivedAt - gone} after the node was gone");
        });
    }

    private static void AssertExplained(ExecutionRow execution, JsonElement explained, string node)
    {
        var attempts = explained.GetProperty("attempts").EnumerateArray().ToArray();
        string?[] outcomes = IsAtMostOnce(execution.JobId) ? ["lost"] : ["lost", "succeeded"];

        Assert.Equal(IsAtMostOnce(execution.JobId) ? "lost" : "ran", explained.GetProperty("decision").GetString());
        Assert.Equal(outcomes, attempts.Select(static a => a.GetProperty("outcome").GetString()));
        Assert.Equal(node, attempts[0].GetProperty("node").GetString());
        Assert.Equal("worker_died", attempts[0].GetProperty("reason").GetString());
        Assert.NotEmpty(explained.GetProperty("reason").GetString()!);
    }

    private static bool IsIn(JsonElement life, string state)
    {
        return string.Equals(life.GetProperty("state").GetString(), state, StringComparison.Ordinal);
    }

    private static Guid IncarnationOf(JsonElement life)
    {
        return life.GetProperty("incarnation").GetGuid();
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other)
    {
        return one > other ? one : other;
    }

    private static string Shown(string what, TimeSpan time)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{what} {time.TotalMilliseconds:F0} ms");
    }
}
