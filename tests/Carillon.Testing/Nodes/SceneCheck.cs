using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Testing;

/// <summary>
/// What must hold between any two steps of a scene. The statistics that the nodes show are compared with a
/// recomputation from the rows of the store, by other means than the nodes use.
/// </summary>
internal sealed class SceneCheck
{
    private const int WindowSize = 1_000;

    private readonly Scene _scene;
    private readonly ILookup<string, Attempt> _attempts;
    private readonly ILookup<string, OccurrenceRun> _runs;
    private readonly List<string> _problems = [];

    private SceneCheck(Scene scene)
    {
        _scene = scene;
        _attempts = scene.Database.Attempts.ToLookup(a => a.Key.JobId, StringComparer.Ordinal);
        _runs = scene.Database.Runs.ToLookup(r => r.JobId, StringComparer.Ordinal);
    }

    /// <exception cref="InvalidOperationException">Something does not hold; the message names all of it.</exception>
    public static void Run(Scene scene)
    {
        var check = new SceneCheck(scene);
        check._problems.AddRange(scene.Outside.Violations);
        check._problems.AddRange(scene.Log.Errors);
        check.CheckStarts();
        check.CheckOccurrences();
        if (scene.Awake.All(static n => n.Store.InFlight == 0))
        {
            check.CheckBooks();
        }

        if (check._problems.Count > 0)
        {
            throw new InvalidOperationException(
                string.Join(Environment.NewLine, check._problems) + Environment.NewLine + scene);
        }
    }

    /// <summary>Code that ended in a way only code can has been started; at-most-once jobs start once.</summary>
    private void CheckStarts()
    {
        var started = _scene.Outside.Starts.Select(s => s.Key).ToHashSet();
        foreach (var row in _attempts.SelectMany(static a => a))
        {
            if (row.Result?.Outcome is Outcome.Succeeded or Outcome.Failed && !started.Contains(row.Key))
            {
                _problems.Add($"{row.Key} is recorded as {row.Result.Outcome}, but its code never ran");
            }
        }

        foreach (var job in _scene.Database.Jobs.Where(j => j is { Version: 1, Definition: { Guarantee: Guarantee.AtMostOnce, Retry.Attempts: 0 } }))
        {
            var again = _scene.Outside.Of(job.Id).Where(s => s.Key.Attempt > 1 && s.Key.ScheduledAt > job.CreatedAt);
            _problems.AddRange(again.Select(s => $"{s} of an at-most-once job runs again"));
        }
    }

    /// <summary>Each occurrence of a schedule is decided about once, and none is passed over.</summary>
    private void CheckOccurrences()
    {
        foreach (var job in _scene.Database.Jobs)
        {
            var decided = _attempts[job.Id].Where(a => a is { Trigger: TriggerKind.Schedule, Key.Attempt: 1 })
                .Select(a => (From: a.Key.ScheduledAt, To: a.Key.ScheduledAt, Count: 1L))
                .Concat(_runs[job.Id].Select(r => (r.From, r.To, r.Count)))
                .Where(d => d.From > job.ScheduledFrom)
                .OrderBy(d => d.From).ToArray();
            for (var i = 1; i < decided.Length; i++)
            {
                if (decided[i].From <= decided[i - 1].To)
                {
                    _problems.Add($"job {job.Id}: {decided[i]} overlaps {decided[i - 1]}");
                }
            }

            // When a delay is due follows from when the runs before ended, which no schedule knows.
            if (decided.Length > 0 && !job.Definition.Schedule.FollowsEnd)
            {
                var schedule = ScheduleFactory.Create(job.Definition.Schedule, job.Id, job.CreatedAt);
                Expect($"job {job.Id}: occurrences", schedule.CountBetween(job.ScheduledFrom, decided[^1].To, long.MaxValue), decided.Sum(d => d.Count));
            }
        }
    }

    private void CheckBooks()
    {
        var (jobs, began) = (_scene.Database.Jobs.ToDictionary(j => j.Id, StringComparer.Ordinal), _scene.Now);
        var rollups = _scene.Rollups().ToLookup(r => r.JobId, StringComparer.Ordinal);
        var parts = _scene.Gather();
        if (_scene.Now > began)
        {
            return; // A reset was recorded first, and the rows are not those of before any more.
        }

        foreach (var part in parts)
        {
            var rows = _attempts.SelectMany(static a => a).Where(a => a.Shard == part.Term.Shard);
            var runs = _runs.SelectMany(static r => r).Where(r => ShardHash.Of(r.JobId, _scene.Options.Shards) == part.Term.Shard);
            var total = part.Jobs.Aggregate(part.Retired, static (sum, job) => sum + job.Counts);
            Compare($"shard {part.Term.Shard}", part.Generation, Recount(rows, runs), total);
            foreach (var shown in part.Jobs)
            {
                CheckJob(jobs[shown.JobId], part.Generation, shown);
                CheckRollups(jobs[shown.JobId], rollups[shown.JobId]);
            }
        }
    }

    private void CheckJob(Job job, long generation, JobStatistics shown)
    {
        // Rows from before its creation are those of an earlier job of its name.
        var rows = _attempts[job.Id].Where(a => a.PlannedNo > job.CreatedNo).ToArray();
        var counts = Recount(rows, _runs[job.Id].Where(r => r.From > job.CreatedAt));
        Compare($"job {job.Id} of {job.CreatedNo}", generation, counts, shown.Counts);
        if (generation > 0)
        {
            Expect($"job {job.Id}: window", Math.Min(shown.Counts.Durations, WindowSize), shown.Window.Count);
            return;
        }

        var finished = rows.Where(a => a.FinishedNo is not null).OrderBy(a => a.FinishedNo).ToArray();
        var window = finished.Select(Duration).OfType<long>().TakeLast(WindowSize).Order().ToArray();
        Expect($"job {job.Id}: window", (window.Length, At(window, 0.5), At(window, 0.95)), (shown.Window.Count, shown.Window.P50, shown.Window.P95));
        Expect($"job {job.Id}: last end", finished.LastOrDefault()?.FinishedAt, shown.LastFinishedAt);
        Expect($"job {job.Id}: last outcome", finished.LastOrDefault()?.Result?.Outcome, shown.LastOutcome);
    }

    /// <summary>The hours of a job, and its minutes while all of them are kept, are what its rows say.</summary>
    private void CheckRollups(Job job, IEnumerable<Rollup> rollups)
    {
        var rows = _attempts[job.Id].Where(a => a.PlannedNo > job.CreatedNo).ToArray();
        var runs = _runs[job.Id].Where(r => r.From > job.CreatedAt).ToArray();
        var counts = Recount(rows, runs);
        var own = rollups.Where(r => r.FirstNo > job.CreatedNo).ToArray();
        var oldest = rows.Select(a => a.Key.ScheduledAt).Concat(runs.Select(r => r.From)).DefaultIfEmpty(_scene.Now).Min();
        foreach (var span in oldest > _scene.Now.AddDays(-6) ? Enum.GetValues<RollupSpan>() : [RollupSpan.Hour])
        {
            var sum = new PeriodFigures();
            Array.ForEach(Array.FindAll(own, r => r.Span == span), r => sum.Add(PeriodFigures.Of(r)));
            var shown = (sum.Planned, sum.Outcomes, sum.Ended, sum.Retries, sum.Durations.Count, sum.Durations.Sum, sum.Lags().Count);
            var said = (counts.Planned, counts.Outcomes, counts.Outcomes, counts.Retries, counts.Durations, counts.DurationMicroseconds, (long)rows.Count(a => a.StartedNo is not null));
            Expect($"job {job.Id}: {span} roll-ups", said, shown);
            var ends = rows.Where(a => a.Result is { Final: true }).Select(a => (At: a.FinishedAt!.Value, Count: 1L))
                .Concat(runs.Select(r => (At: r.From, r.Count)));
            Expect(
                $"job {job.Id}: ends by {span}",
                Text(ends.Select(e => (span.Floor(e.At), e.Count))),
                Text(own.Where(r => r.Span == span).Select(r => (r.Start, r.Ended.Total))));
        }

        static string Text(IEnumerable<(DateTimeOffset Start, long Count)> counts)
        {
            var sums = counts.GroupBy(c => c.Start).Select(c => (c.Key, Sum: c.Sum(part => part.Count))).Where(c => c.Sum != 0);
            return string.Join(' ', sums.OrderBy(c => c.Key).Select(c => $"{c.Key:O}={c.Sum}"));
        }
    }

    private static ExecutionCounts Recount(IEnumerable<Attempt> attempts, IEnumerable<OccurrenceRun> runs)
    {
        var rows = attempts.ToArray();
        var skipped = runs.ToArray();
        var final = rows.Where(a => a.Result is { Final: true }).ToArray();
        var durations = rows.Select(Duration).OfType<long>().ToArray();
        long Ended(Outcome outcome) => final.Count(a => a.Result!.Outcome == outcome) + skipped.Where(r => r.Outcome == outcome).Sum(r => r.Count);
        return new ExecutionCounts
        {
            Planned = rows.Count(a => a.Key.Attempt == 1) + skipped.Sum(r => r.Count),
            Outcomes = new OutcomeCounts
            {
                Succeeded = Ended(Outcome.Succeeded),
                Failed = Ended(Outcome.Failed),
                TimedOut = Ended(Outcome.TimedOut),
                Cancelled = Ended(Outcome.Cancelled),
                Skipped = Ended(Outcome.Skipped),
                Misfired = Ended(Outcome.Misfired),
                Lost = Ended(Outcome.Lost),
            },
            Open = rows.Count(a => a.FinishedNo is null),
            Running = rows.Count(a => a is { StartedNo: not null, FinishedNo: null }),
            Retries = rows.Count(a => a is { StartedNo: not null, Key.Attempt: > 1 }),
            Durations = durations.Length,
            DurationMicroseconds = durations.Sum(),
        };
    }

    private static long? Duration(Attempt row)
    {
        return row.StartedNo is null ? null : row.Result?.DurationMicroseconds;
    }

    private static double At(long[] sorted, double p)
    {
        if (sorted.Length == 0)
        {
            return 0;
        }

        var place = (sorted.Length - 1) * p;
        var below = sorted[(int)Math.Floor(place)];
        return below + ((sorted[(int)Math.Ceiling(place)] - below) * (place - Math.Floor(place)));
    }

    private void Compare(string name, long generation, ExecutionCounts rows, ExecutionCounts shown)
    {
        if (_scene.Generations.Compare(name, generation, rows, shown) is { } problem)
        {
            _problems.Add(problem);
        }
    }

    private void Expect<T>(string what, T rows, T shown)
    {
        if (!EqualityComparer<T>.Default.Equals(rows, shown))
        {
            _problems.Add($"{what}: the rows say {rows}, shown is {shown}");
        }
    }
}
