using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>What became of the occurrences around a fault, by what the code of the jobs noted.</summary>
internal sealed class Aftermath
{
    private readonly WorkerSpec _spec;
    private readonly DateTimeOffset _at;
    private readonly DateTimeOffset _dueAt;
    private readonly DateTimeOffset _until;
    private readonly TracedRun[] _ticks;
    private readonly TracedRun[] _slow;

    /// <summary>Takes everything that was noted.</summary>
    /// <param name="spec">The jobs.</param>
    /// <param name="runs">What was noted.</param>
    /// <param name="at">When the fault began.</param>
    /// <param name="dueAt">When the first occurrences were due.</param>
    /// <param name="until">Up to when everything due should have run.</param>
    public Aftermath(
        WorkerSpec spec, IReadOnlyCollection<TracedRun> runs, DateTimeOffset at, DateTimeOffset dueAt, DateTimeOffset until)
    {
        _spec = spec;
        _at = at;
        _dueAt = dueAt;
        _until = until;
        _ticks = [.. runs.Where(static run => !IsSlow(run))];
        _slow = [.. runs.Where(IsSlow)];
    }

    /// <summary>Occurrences of the quick jobs from the first to <see cref="DueUntil"/>.</summary>
    public long Due => _spec.Jobs * Periods;

    /// <summary>The end of the last whole period.</summary>
    public DateTimeOffset DueUntil => _dueAt + (Periods * _spec.Period);

    private int Victim => _spec.Nodes - 1;

    private long Periods => (long)((_until - _dueAt) / _spec.Period);

    public Dictionary<string, double> Values(Fault fault)
    {
        var ran = _ticks.Where(run => run.ScheduledAt < DueUntil).DistinctBy(static run => (run.Job, run.ScheduledAt)).Count();
        var attempts = _ticks.DistinctBy(static run => (run.Job, run.ScheduledAt, run.Attempt)).Count();
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.FaultGap] = LongestGap().TotalSeconds,
            [Measures.FaultLate] = _ticks.Where(run => run.Attempt == 1 && run.StartedAt > _at && run.ScheduledAt < _until)
                .Max(static run => run.StartedAt - run.ScheduledAt).TotalSeconds,
            [Measures.Due] = Due,
            [Measures.Missed] = Due - ran,
            [Measures.Doubled] = _ticks.Length - attempts,
        };
        if (fault != Fault.Leave) // a node that leaves waits for what is in flight
        {
            var again = AgainAfter();
            values[Measures.InFlight] = again.Length;
            values[Measures.AgainAfter] = again.Length == 0 ? double.NaN : again.Max();
        }

        return values;
    }

    /// <summary>
    /// The longest time from one start of a job to its next, or to the end where there is none, around and after the
    /// fault, less the period.
    /// </summary>
    private TimeSpan LongestGap()
    {
        var end = _until + _spec.Period;
        var longest = _ticks.GroupBy(static run => run.Job, StringComparer.Ordinal).Max(job =>
        {
            DateTimeOffset[] starts = [.. job.Select(static run => run.StartedAt).Where(at => at < end).Append(end).Order()];
            return starts.Zip(starts[1..]).Where(pair => pair.Second > _at).Max(static pair => pair.Second - pair.First);
        });
        return longest - _spec.Period;
    }

    /// <summary>
    /// For each job that ran on the node at the fault, the seconds until it ran elsewhere; infinite for one that never did.
    /// </summary>
    private double[] AgainAfter()
    {
        var elsewhere = _slow.Where(run => run.Node != Victim && run.StartedAt > _at)
            .GroupBy(static run => run.Job, StringComparer.Ordinal)
            .ToDictionary(static job => job.Key, job => (job.Min(static run => run.StartedAt) - _at).TotalSeconds, StringComparer.Ordinal);
        return [.. _slow.Where(IsInFlight).Select(run => elsewhere.GetValueOrDefault(run.Job, double.PositiveInfinity))];
    }

    private static bool IsSlow(TracedRun run)
    {
        return run.Job.StartsWith("slow-", StringComparison.Ordinal);
    }

    private bool IsInFlight(TracedRun run)
    {
        return run.Node == Victim && run.StartedAt <= _at && (run.EndedAt is null || run.EndedAt > _at);
    }
}
