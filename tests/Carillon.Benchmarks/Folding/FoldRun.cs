using System.Diagnostics;
using System.Globalization;
using Carillon.Benchmarks.Results;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Benchmarks.Folding;

/// <summary>Measures on one thread how fast facts about jobs, taken at random, are folded.</summary>
internal sealed class FoldRun
{
    private const int Batch = 10_000;
    private const int Lengths = 1_024;
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Apart = TimeSpan.FromMicroseconds(100);

    private readonly int _jobs;
    private readonly Random _random = new(1);
    private readonly PlanAttempt[] _starts;
    private readonly FinishAttempt[][] _ends;

    /// <summary>Makes the facts; what is measured is only their folding.</summary>
    public FoldRun(int jobs)
    {
        _jobs = jobs;
        _starts = new PlanAttempt[jobs];
        _ends = new FinishAttempt[jobs][];
        var results = Enumerable.Range(0, Lengths).Select(_ => new AttemptResult
        {
            Outcome = Outcome.Succeeded,
            DurationMicroseconds = (long)Math.Exp(5 + (_random.NextDouble() * 12)),
        }).ToArray();
        for (var job = 0; job < jobs; job++)
        {
            var key = new AttemptKey(string.Create(CultureInfo.InvariantCulture, $"job-{job}"), Start, 1);
            _starts[job] = new PlanAttempt(new Attempt { Key = key, Shard = 0, DueAt = Start, StartedAt = Start, Node = Guid.Empty });
            _ends[job] = [.. Enumerable.Range(0, 8).Select(_ => new FinishAttempt(key, results[_random.Next(Lengths)], HadStarted: true))];
        }
    }

    /// <summary>Whole histories, their windows full and sorted.</summary>
    public Run MeasureHistories(TimeSpan length)
    {
        var window = new HistoryOptions().Window;
        var full = new JobHistory("full", 0, "billing", window);
        var no = 0L;
        for (var i = 0; i < window; i++)
        {
            var job = _random.Next(_jobs);
            full.Fold(Fact(++no, _starts[job]));
            full.Fold(Fact(++no, _ends[job][i % 8]));
        }

        var saved = full.Save();
        var histories = Enumerable.Range(0, _jobs)
            .Select(job => JobHistory.Restore(saved with { JobId = _starts[job].JobId }, "billing", window))
            .ToArray();
        return Measure(length, no, (int job, in ShardEvent fact) =>
        {
            if (!histories[job].Fold(fact))
            {
                throw new InvalidOperationException($"fact {fact.No} was not folded");
            }
        });
    }

    /// <summary>Books, ring and sketch.</summary>
    public Run MeasureFigures(TimeSpan length)
    {
        var window = new HistoryOptions().Window;
        var figures = Enumerable.Range(0, _jobs).Select(_ => new BareFigures(window)).ToArray();
        return Measure(length, 0, (int job, in ShardEvent fact) => figures[job].Fold(fact));
    }

    private Run Measure(TimeSpan length, long no, Folding fold)
    {
        Repeat(length / 2, ref no, fold);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (folded, seconds) = Repeat(length, ref no, fold);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.FoldRate] = folded / seconds,
            [Measures.FoldTime] = seconds * 1_000_000_000 / folded,
            [Measures.AllocatedPerFact] = (double)allocated / folded,
        });
    }

    /// <summary>Folds a start and an end of one job after the other.</summary>
    /// <returns>How many facts were folded, in how much processor time.</returns>
    private (long Folded, double Seconds) Repeat(TimeSpan length, ref long no, Folding fold)
    {
        var (first, before) = (no, Environment.CpuUsage.TotalTime);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < length;)
        {
            for (var i = 0; i < Batch; i++)
            {
                var job = _random.Next(_jobs);
                fold(job, Fact(++no, _starts[job]));
                fold(job, Fact(++no, _ends[job][i % 8]));
            }
        }

        return (no - first, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static ShardEvent Fact(long no, ShardWrite write)
    {
        return new ShardEvent(new ShardTerm(0, 1), no, Start + (no * Apart), write);
    }

    private delegate void Folding(int job, in ShardEvent fact);
}
