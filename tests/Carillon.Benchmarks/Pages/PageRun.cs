using System.Diagnostics;
using Carillon.Benchmarks.Results;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Benchmarks.Pages;

/// <summary>Measures pages of metrics on one thread, in processor time of the process.</summary>
internal sealed class PageRun
{
    private const int Durations = 100;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

    private readonly PrometheusPage _page = new();
    private readonly ShardHistory _history;

    /// <summary>Makes jobs.</summary>
    /// <param name="jobs">How many have series of their own; each has run often.</param>
    /// <param name="others">How many share series; every tenth has run once.</param>
    public PageRun(int jobs, int others)
    {
        _history = new ShardHistory(new ShardRecovery { Term = new ShardTerm(0, 1) }, new HistoryOptions(), Start);
        var random = new Random(1);
        var no = 0L;
        for (var job = 0; job < jobs; job++)
        {
            _history.Fold(Life($"billing-invoice-{job:D6}", Durations, sharesSeries: false, random, ref no), Start);
        }

        for (var job = 0; job < others; job++)
        {
            var runs = job % 10 == 0 ? 1 : 0;
            _history.Fold(Life($"other-{job:D7}", runs, sharesSeries: true, random, ref no), Start);
        }
    }

    /// <summary>The page itself, from the reading of the histories to its last byte.</summary>
    public Run Measure(PageFormat format, TimeSpan window)
    {
        var snapshot = Gather();
        var (lines, length) = Size(snapshot, format);
        var gathering = Cost(window, () => Gather());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        _page.Render(snapshot, format).Dispose();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        var rendering = Cost(window, () => _page.Render(snapshot, format).Dispose());
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.PageLines] = lines,
            [Measures.PageSize] = length / 1024.0 / 1024.0,
            [Measures.PageRate] = lines / rendering,
            [Measures.PageGathering] = gathering * 1_000,
            [Measures.PageRendering] = rendering * 1_000,
            [Measures.PageInAll] = (gathering + rendering) * 1_000,
            [Measures.PageAllocated] = allocated,
        });
    }

    /// <summary>The least that a page can cost: its bytes are copied to another place.</summary>
    public Run MeasureCopy(TimeSpan window)
    {
        using var page = _page.Render(Gather());
        var to = new byte[page.Length];
        var copying = Cost(window, () =>
        {
            var at = 0;
            foreach (var chunk in page.Chunks)
            {
                chunk.Span.CopyTo(to.AsSpan(at));
                at += chunk.Length;
            }
        });
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.PageLines] = page.Samples,
            [Measures.PageSize] = page.Length / 1024.0 / 1024.0,
            [Measures.PageRate] = page.Samples / copying,
        });
    }

    private (long Lines, long Length) Size(ClusterSnapshot snapshot, PageFormat format)
    {
        using var page = _page.Render(snapshot, format);
        return (page.Samples, page.Length);
    }

    private ClusterSnapshot Gather()
    {
        return ClusterSnapshot.Merge([_history.Part()], new ClusterFacts
        {
            ClusterName = "carillon",
            NodeName = "n1",
            Version = "1.0.0",
            Uptime = TimeSpan.FromHours(1),
            ShardsTotal = 1,
            ShardsOwned = 1,
        });
    }

    /// <summary>Processor seconds of one call, after as many to warm up.</summary>
    private static double Cost(TimeSpan window, Action call)
    {
        Repeat(window / 2, call);
        var before = Environment.CpuUsage.TotalTime;
        var calls = Repeat(window, call);
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds / calls;
    }

    private static int Repeat(TimeSpan window, Action call)
    {
        var calls = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < window; calls++)
        {
            call();
        }

        return calls;
    }

    private static ShardEvent[] Life(string id, int runs, bool sharesSeries, Random random, ref long no)
    {
        var term = new ShardTerm(0, 1);
        var definition = new JobDefinition
        {
            Id = id,
            Name = $"Invoices of region {id[^3..]}",
            Owner = "team-billing",
            Category = "billing",
            Run = new ClassRun { Class = "none" },
        };
        var job = new Job { Definition = definition, CreatedAt = Start, ScheduledFrom = Start, SharesSeries = sharesSeries };
        var facts = new List<ShardEvent> { new(term, ++no, Start, new SaveJob(job)) };
        for (var i = 1; i <= runs; i++)
        {
            var at = Start.AddSeconds(i);
            var key = new AttemptKey(id, at, 1);
            var attempt = new Attempt
            {
                Key = key,
                Shard = 0,
                Trigger = TriggerKind.Schedule,
                DueAt = at,
                StartedAt = at,
                Node = Guid.Empty,
            };
            var microseconds = (long)Math.Exp(5 + (random.NextDouble() * 12));
            var result = new AttemptResult { Outcome = Outcome.Succeeded, Final = true, DurationMicroseconds = microseconds };
            facts.Add(new ShardEvent(term, ++no, at, new PlanAttempt(attempt)));
            facts.Add(new ShardEvent(term, ++no, at, new FinishAttempt(key, result, HadStarted: true)));
        }

        return [.. facts];
    }
}
