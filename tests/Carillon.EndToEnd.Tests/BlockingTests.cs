using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests;

/// <summary>
/// Code that blocks its threads takes nothing but its slots: every slot of a queue is held by such code for longer than
/// two leases, half of it where it was started and half of it after an await, and holds more threads of the pool beside.
/// </summary>
[Collection(ProcessTests.Name)]
public sealed class BlockingTests(StoreServers servers, ITestOutputHelper output)
{
    private const int Blocking = 32;
    private const int BlockSeconds = 8;

    /// <summary>Beside its own, as code does that waits for tasks which block in turn.</summary>
    private const int MoreThreads = 2;

    /// <summary>A machine that is busy with something else holds up one window; starvation holds up every one.</summary>
    private const int Windows = 3;
    private const string Ticking = "ticking";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WorstAnswer = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WorstLag = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Asked =
    [
        "api/v1/scheduler/status", "metrics", "api/v1/scheduler/nodes", "api/v1/scheduler/jobs", "health/ready",
        "api/v1/scheduler/executions?limit=20", "api/v1/scheduler/workers",
    ];

    [Fact]
    public async Task Blocking_code_holds_up_neither_heartbeats_nor_the_api_nor_other_queues()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql, Configuration());
        await using var node = await NodeProcess.StartAsync(home);
        await UntilAsync(node, "the jobs are declared", async () => await JobsAsync(node) == Blocking + 1);
        await UntilAsync(node, "other jobs run", async () => (await TicksAsync(node)).Any());
        var incarnation = (await NodeAsync(node)).GetProperty("incarnation").GetString();

        var isOnTime = false;
        for (var window = 1; window <= Windows && !isOnTime; window++)
        {
            isOnTime = await WatchAsync(node);
        }

        Assert.True(isOnTime, "no window was on time; see the output");
        Assert.Equal(incarnation, (await NodeAsync(node)).GetProperty("incarnation").GetString());
    }

    private static string Configuration()
    {
        var jobs = Enumerable.Range(0, Blocking).Select(static n =>
            $$"""
            { id = blocking-{{n}}, queue = blocking, run { type = class, class = sample-blocking },
              payload = "{\"seconds\":{{BlockSeconds}},\"after_await\":{{(n % 2 == 0 ? "true" : "false")}},\"more_threads\":{{MoreThreads}}}" }
            """);
        return $$"""
            carillon {
              workers { slots = {{Blocking + 1}}, queues { blocking { slots = {{Blocking}} } } }
              jobs = [
                { id = {{Ticking}}, schedule { every = 1s }, run { type = class, class = sample-tick } }
                {{string.Join('\n', jobs)}}
              ]
            }
            """;
    }

    /// <summary>Blocks every slot, asks for seconds on end, and says what came of it.</summary>
    private async Task<bool> WatchAsync(NodeProcess node)
    {
        await UntilAsync(node, "no slot is blocked", async () => await RunningAsync(node) == 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, Blocking), async (n, _) =>
        {
            using var answer = await node.Api.PostAsync($"jobs/blocking-{n}/trigger");
            answer.EnsureSuccessStatusCode();
        });
        await UntilAsync(node, "every slot is blocked", async () => await RunningAsync(node) == Blocking);

        var since = TimeProvider.System.GetUtcNow();
        var (answers, oldestBeat) = await AskAsync(node, TimeSpan.FromSeconds(BlockSeconds - 2));
        var until = TimeProvider.System.GetUtcNow();
        Assert.Equal(Blocking, await RunningAsync(node)); // all the time, or the window shows nothing
        var ticks = await TicksAsync(node);
        var lags = ticks.Where(t => t.ScheduledAt > since && t.ScheduledAt < until.AddSeconds(-1)).ToArray();

        var worst = answers.MaxBy(static a => a.Time);
        var worstLag = lags.Max(static t => t.Attempts[0].StartedAt - t.ScheduledAt);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Blocking * (1 + MoreThreads)} blocked threads: {answers.Count} answers, median {Median(answers):F1} ms,
            worst {worst.Time.TotalMilliseconds:F0} ms ({worst.Path}); oldest heartbeat {oldestBeat:F2} s;
            {lags.Length} starts of another queue, worst lag {worstLag?.TotalMilliseconds:F1} ms
            """));
        Assert.InRange(lags.Length, BlockSeconds - 5, BlockSeconds);
        Assert.True(oldestBeat < 3, $"the lease of 3 s was not renewed for {oldestBeat} s");
        return worst.Time <= WorstAnswer && worstLag <= WorstLag;
    }

    /// <summary>Asks one address after the other, one at each tick.</summary>
    private static async Task<(List<(string Path, TimeSpan Time)> Answers, double OldestBeat)> AskAsync(
        NodeProcess node, TimeSpan length)
    {
        var answers = new List<(string Path, TimeSpan Time)>();
        var oldestBeat = 0.0;
        var began = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(Pace);
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            var path = Asked[answers.Count % Asked.Length];
            var asked = Stopwatch.GetTimestamp();
            using var answer = await node.Api.Http.GetAsync(new Uri(path, UriKind.Relative));
            var body = await answer.Content.ReadAsStringAsync();
            answers.Add((path, Stopwatch.GetElapsedTime(asked)));
            Assert.True(answer.IsSuccessStatusCode, $"{path} is {answer.StatusCode}: {body}");
            if (path.EndsWith("nodes", StringComparison.Ordinal))
            {
                var me = Me(JsonElement.Parse(body).GetProperty("data"));
                oldestBeat = Math.Max(oldestBeat, me.GetProperty("heartbeat_age_seconds").GetDouble());
            }

            await pace.WaitForNextTickAsync();
        }

        return (answers, oldestBeat);
    }

    private static double Median(List<(string Path, TimeSpan Time)> answers)
    {
        return answers.Select(static a => a.Time.TotalMilliseconds).Order().ElementAt(answers.Count / 2);
    }

    private static async Task<IEnumerable<ExecutionRow>> TicksAsync(NodeProcess node)
    {
        return (await node.Api.ExecutionsAsync(Ticking)).Where(static t => t.Status == "succeeded");
    }

    private static async Task<long> JobsAsync(NodeProcess node)
    {
        return (await node.Api.GetAsync("jobs?limit=1")).GetProperty("total").GetInt64();
    }

    private static async Task<int> RunningAsync(NodeProcess node)
    {
        var queues = (await node.Api.GetAsync("queues")).GetProperty("items").EnumerateArray();
        return queues.Single(static q => q.GetProperty("queue").GetString() == "blocking").GetProperty("running").GetInt32();
    }

    private static async Task<JsonElement> NodeAsync(NodeProcess node)
    {
        return Me(await node.Api.GetAsync("nodes"));
    }

    private static JsonElement Me(JsonElement nodes)
    {
        return nodes.GetProperty("items").EnumerateArray().Single(static n => n.GetProperty("state").GetString() == "up");
    }

    private static Task UntilAsync(NodeProcess node, string what, Func<Task<bool>> isSo)
    {
        return Eventually.IsAsync(what, Limit, isSo, () => node.Process.Tail);
    }
}
