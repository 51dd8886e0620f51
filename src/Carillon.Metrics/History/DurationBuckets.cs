using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>
/// The classic buckets of every duration: from 1 ms to 1 day, the same on all nodes, so that counts add up.
/// </summary>
public static class DurationBuckets
{
    /// <summary>
    /// The inclusive upper bounds in microseconds, growing. Above the last one lies one more bucket, to infinity.
    /// </summary>
    public static readonly ImmutableArray<long> Bounds =
    [
        1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
        1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000, 60_000_000,
        300_000_000, 900_000_000, 3_600_000_000, 21_600_000_000, 86_400_000_000,
    ];

    /// <summary>How many buckets there are, the one to infinity included.</summary>
    public static readonly int Count = Bounds.Length + 1;

    /// <summary>The index of the bucket that holds a duration.</summary>
    public static int IndexOf(long microseconds)
    {
        var index = Bounds.AsSpan().BinarySearch(microseconds);
        return index < 0 ? ~index : index;
    }
}
