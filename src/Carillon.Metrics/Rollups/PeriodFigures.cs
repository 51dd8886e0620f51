using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// What happened to one job, or to many, in some period. Figures of disjoint periods, or of disjoint jobs, add up
/// exactly. Owned by one writer.
/// </summary>
public sealed class PeriodFigures
{
    private const byte StateVersion = 1;
    private static readonly int Causes = Enum.GetValues<WaitCause>().Length;

    private readonly DurationSketch?[] _lags = new DurationSketch?[Causes];

    /// <summary>
    /// The books: occurrences whose scheduled time lies in the period. A stretch of occurrences that did not run counts
    /// at its first one.
    /// </summary>
    public long Planned { get; private set; }

    /// <summary>How those that are planned in the period have ended so far, whenever that was.</summary>
    public OutcomeCounts Outcomes { get; private set; }

    /// <summary>What ended in the period, whenever it was planned.</summary>
    public OutcomeCounts Ended { get; private set; }

    /// <summary>Attempts beyond the first of their execution that started in the period.</summary>
    public long Retries { get; private set; }

    /// <summary>The durations of the attempts that ended in the period.</summary>
    public DurationSketch Durations { get; private set; } = new();

    /// <summary>How late the attempts started that started in the period and waited longest for this; null for none.</summary>
    public DurationSketch? Lag(WaitCause cause)
    {
        return _lags[(int)cause];
    }

    /// <summary>How late the attempts started that started in the period.</summary>
    public DurationSketch Lags()
    {
        var all = new DurationSketch();
        foreach (var lag in _lags)
        {
            if (lag is not null)
            {
                all.Add(lag);
            }
        }

        return all;
    }

    /// <summary>Adds figures of another period or of other jobs.</summary>
    public void Add(PeriodFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Planned += other.Planned;
        Outcomes += other.Outcomes;
        Ended += other.Ended;
        Retries += other.Retries;
        Durations.Add(other.Durations);
        for (var cause = 0; cause < Causes; cause++)
        {
            if (other._lags[cause] is { } lag)
            {
                (_lags[cause] ??= new DurationSketch()).Add(lag);
            }
        }
    }

    /// <summary>Makes the figures of a roll-up.</summary>
    /// <exception cref="HistoryStateException">The state is of an unknown version, or damaged.</exception>
    public static PeriodFigures Of(Rollup rollup)
    {
        ArgumentNullException.ThrowIfNull(rollup);
        var state = new StateReader(rollup.JobId, rollup.State.Span, StateVersion);
        var figures = Read(ref state);
        state.Finish();
        return figures;
    }

    /// <summary>The figures in their stored form.</summary>
    public ReadOnlyMemory<byte> Save()
    {
        var state = new StateWriter(StateVersion);
        Write(state);
        return state.Finish();
    }

    /// <summary>Counts occurrences planned.</summary>
    internal void Plan(long count = 1)
    {
        Planned += count;
    }

    /// <summary>Counts how occurrences that were planned in the period ended.</summary>
    internal void Resolve(Outcome outcome, long count = 1)
    {
        Outcomes = Outcomes.Plus(outcome, count);
    }

    /// <summary>Counts occurrences that ended in the period.</summary>
    internal void End(Outcome outcome, long count = 1)
    {
        Ended = Ended.Plus(outcome, count);
    }

    /// <summary>Counts the duration of an attempt that ended in the period, in microseconds.</summary>
    internal void Measure(long microseconds)
    {
        Durations.Add(microseconds);
    }

    /// <summary>Counts the start of an attempt.</summary>
    internal void Start(int attempt, WaitCause cause, long lagMicroseconds)
    {
        Retries += attempt > 1 ? 1 : 0;
        (_lags[(int)cause] ??= new DurationSketch()).Add(lagMicroseconds);
    }

    /// <summary>Writes the figures in the format that <see cref="Read"/> reads.</summary>
    internal void Write(StateWriter state)
    {
        state.Number(Planned);
        state.Outcomes(Outcomes);
        state.Outcomes(Ended);
        state.Number(Retries);
        state.Flag(Durations.Count > 0);
        if (Durations.Count > 0)
        {
            Durations.Write(state);
        }

        foreach (var lag in _lags)
        {
            state.Flag(lag is not null);
            lag?.Write(state);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static PeriodFigures Read(ref StateReader state)
    {
        var figures = new PeriodFigures
        {
            Planned = state.Number(),
            Outcomes = state.Outcomes(),
            Ended = state.Outcomes(),
            Retries = state.Number(),
        };
        if (state.Flag())
        {
            figures.Durations = DurationSketch.Read(ref state);
        }

        foreach (ref var lag in figures._lags.AsSpan())
        {
            lag = state.Flag() ? DurationSketch.Read(ref state) : null;
        }

        return figures;
    }
}
