using System.Globalization;
using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;
using Xunit.Abstractions;

namespace Carillon.EndToEnd.Tests;

/// <summary>One of three nodes leaves in order while a thousand occurrences a second are due, spread evenly.</summary>
[Collection(ProcessTests.Name)]
public sealed class ClusterLeaveTests(StoreServers servers, ITestOutputHelper output)
{
    private const int Jobs = 1_000;
    private const int Leaving = 2;

    /// <summary>
    /// A machine that is busy with something else makes one leave late; a leave that holds jobs up makes each late. What
    /// the machine makes late without a leave is taken off.
    /// </summary>
    private const int Rounds = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WorstLag = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Leaving_node_makes_no_occurrence_late()
    {
        await using var cluster = await RunningCluster.StartAsync(servers, 3, Configuration());
        var worst = TimeSpan.MaxValue;
        for (var round = 1; round <= Rounds && worst > WorstLag; round++)
        {
            await cluster.SettledAsync();
            worst = await LeaveAsync(cluster);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"leave {round}: at most {worst.TotalMilliseconds:F1} ms later than before"));
            await cluster.StartAgainAsync(Leaving);
        }

        await cluster.NoTotalFellAsync();
        var page = await cluster.Node(0).Api.MetricsAsync();
        Books.AreBalanced(page);
        Assert.Equal(0, Books.Ended(page, "misfired").Values.Sum());
        Assert.Equal(0, Books.Ended(page, "lost").Values.Sum());
        Assert.True(worst <= WorstLag, $"in every leave an occurrence was late, in the last one by {worst}");
    }

    private static string Configuration()
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var jobs = Enumerable.Range(0, Jobs).Select(number =>
            $$"""
            {
              id = tick-{{number:D4}}, run { type = class, class = sample-tick }
              schedule { every = 1s, start = "{{start.AddMilliseconds(number):yyyy-MM-ddTHH:mm:ss.fffZ}}" }
            }
            """);
        return $"carillon.workers.slots = 128\ncarillon.jobs = [\n{string.Join('\n', jobs)}\n]";
    }

    /// <summary>Lets the node leave.</summary>
    /// <returns>
    /// The largest lag of all that was due from shortly before until shortly after, less the largest of a stretch before;
    /// where one ran into the next, the interval.
    /// </returns>
    private static async Task<TimeSpan> LeaveAsync(RunningCluster cluster)
    {
        var api = cluster.Node(0).Api;
        var skippedBefore = Skipped(await api.MetricsAsync());
        var from = TimeProvider.System.GetUtcNow() - Around;

        var exitCode = await cluster.Node(Leaving).TerminateAsync(Limit);
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{cluster.Node(Leaving).Process.Tail}");

        var until = TimeProvider.System.GetUtcNow() + Around;
        var ran = (await api.MetricsAsync()).Sum("scheduler_job_success_total");
        await Eventually.IsAsync(
            "what was due around the leave has run",
            Limit,
            async () => TimeProvider.System.GetUtcNow() > until + WorstLag && (await api.MetricsAsync()).Sum("scheduler_job_success_total") >= ran + (Jobs * Around.TotalSeconds));
        var rows = await api.ExecutionsAsync(filter: $"&from={Text(from)}&to={Text(until)}");

        Assert.All(rows, static e => Assert.Equal("succeeded", e.Status));
        var page = await api.MetricsAsync();
        new Evidence([], rows).NoTickIsMissing(Interval, Books.Ended(page, "skipped"));
        var seen = rows.Select(static e => e.JobId).ToHashSet(StringComparer.Ordinal);
        Assert.True(
            seen.Count == Jobs,
            $"{rows.Count} executions from {from:O} to {until:O} are of {seen.Count} jobs only\n{cluster.Node(0).Process.Tail}\n{cluster.Node(1).Process.Tail}\n{cluster.Node(Leaving).Process.Tail}");
        var calm = await api.ExecutionsAsync(filter: $"&from={Text(from - Around - Around)}&to={Text(from)}");
        return Skipped(page) > skippedBefore ? Interval : LargestLag(rows) - LargestLag(calm);
    }

    private static TimeSpan LargestLag(IReadOnlyList<ExecutionRow> rows)
    {
        return rows.Max(static e => e.Attempts[0].StartedAt!.Value - e.ScheduledAt);
    }

    private static double Skipped(MetricsPage page)
    {
        return Books.Ended(page, "skipped").Values.Sum();
    }

    private static string Text(DateTimeOffset time)
    {
        return Uri.EscapeDataString(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
    }
}
