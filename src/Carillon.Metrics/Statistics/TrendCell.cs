using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The figures of one step of a trend. Owned by one writer.</summary>
public sealed class TrendCell
{
    /// <summary>What ended in it.</summary>
    public OutcomeCounts Ended { get; private set; }

    /// <summary>Attempts beyond the first of their execution that started in it.</summary>
    public long Retries { get; private set; }

    /// <summary>Attempts that ended in it and have a duration.</summary>
    public long Samples { get; private set; }

    /// <summary>The sum of these durations, in microseconds.</summary>
    public long DurationMicroseconds { get; private set; }

    /// <summary>The durations; empty when only sums were added.</summary>
    public DurationSketch Durations { get; } = new();

    /// <summary>The mean duration in microseconds; 0 without one.</summary>
    public double AverageMicroseconds => Samples == 0 ? 0 : (double)DurationMicroseconds / Samples;

    /// <summary>Adds sums of many jobs.</summary>
    public void Add(RollupSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        Ended += sum.Ended;
        Retries += sum.Retries;
        Samples += sum.Durations;
        DurationMicroseconds += sum.DurationMicroseconds;
    }

    /// <summary>Adds a roll-up of one job, with its durations.</summary>
    /// <exception cref="HistoryStateException">Its state is of an unknown version, or damaged.</exception>
    public void Add(Rollup rollup)
    {
        Add(RollupSum.Of(rollup));
        Durations.Add(PeriodFigures.Of(rollup).Durations);
    }
}
