using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Carillon.Metrics;

/// <summary>The counts of a <see cref="DurationHistogram"/> at one moment. Immutable.</summary>
public sealed class HistogramValues
{
    /// <summary>A histogram without an observation.</summary>
    public static readonly HistogramValues Empty = new([], 0);

    /// <summary>Makes a histogram from its counts.</summary>
    /// <param name="counts">
    /// Observations of each bucket alone, not cumulative: one for each of <see cref="DurationBuckets.Bounds"/> and one
    /// above; or empty when there is no observation.
    /// </param>
    /// <param name="sumMicroseconds">The sum of all observations.</param>
    public HistogramValues(ImmutableArray<long> counts, long sumMicroseconds)
    {
        Counts = counts;
        SumMicroseconds = sumMicroseconds;
    }

    /// <summary>
    /// Observations of each bucket alone, not cumulative: one for each of <see cref="DurationBuckets.Bounds"/> and one
    /// above; empty when there is no observation.
    /// </summary>
    public ImmutableArray<long> Counts { get; }

    /// <summary>The sum of all observations, in microseconds.</summary>
    public long SumMicroseconds { get; }

    /// <summary>How many observations there are.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var bucket in Counts)
            {
                count += bucket;
            }

            return count;
        }
    }

    /// <summary>This and another one together.</summary>
    public HistogramValues Plus(HistogramValues other)
    {
        if (Counts.IsEmpty || other.Counts.IsEmpty)
        {
            return Counts.IsEmpty ? other : this;
        }

        var counts = new long[Counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Counts[i] + other.Counts[i];
        }

        return new HistogramValues(
            ImmutableCollectionsMarshal.AsImmutableArray(counts), SumMicroseconds + other.SumMicroseconds);
    }
}
