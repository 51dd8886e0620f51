using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>Counts of durations by <see cref="DurationBuckets"/>, and their sum. Owned by one history.</summary>
internal sealed class DurationHistogram
{
    private readonly long[] _counts = new long[DurationBuckets.Count];
    private long _sum;

    /// <summary>Counts one duration, in microseconds, not negative.</summary>
    public void Add(long microseconds)
    {
        _counts[DurationBuckets.IndexOf(microseconds)]++;
        _sum += microseconds;
    }

    /// <summary>Counts all that <paramref name="other"/> has counted.</summary>
    public void Add(DurationHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        _sum += other._sum;
    }

    /// <summary>Sets everything to 0.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        _sum = 0;
    }

    /// <summary>The counts as they now are.</summary>
    public HistogramValues Values()
    {
        return new HistogramValues(ImmutableArray.Create(_counts), _sum);
    }

    /// <summary>Writes the counts in the format that <see cref="Read"/> reads.</summary>
    public void Write(StateWriter state)
    {
        state.Number(_sum);
        foreach (var count in _counts)
        {
            state.Number(count);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static DurationHistogram Read(ref StateReader state)
    {
        var histogram = new DurationHistogram();
        histogram.Restore(ref state);
        return histogram;
    }

    /// <summary>Takes what <see cref="Write"/> wrote in place of the counts.</summary>
    public void Restore(ref StateReader state)
    {
        _sum = state.Number();
        foreach (ref var count in _counts.AsSpan())
        {
            count = state.Number();
        }
    }
}
