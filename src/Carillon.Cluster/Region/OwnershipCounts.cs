namespace Carillon.Cluster;

/// <summary>
/// Counts what a node has taken, and what the store has refused it, until somebody takes the counts along. Safe from any
/// thread.
/// </summary>
public sealed class OwnershipCounts
{
    private readonly long[] _takeovers = new long[Enum.GetValues<TakeoverReason>().Length];
    private long _fencedWrites;

    /// <summary>Shards taken from others since the last time.</summary>
    public long MoveTakeovers(TakeoverReason reason)
    {
        return Interlocked.Exchange(ref _takeovers[(int)reason], 0);
    }

    /// <summary>Writes of ended terms refused since the last time.</summary>
    public long MoveFencedWrites()
    {
        return Interlocked.Exchange(ref _fencedWrites, 0);
    }

    /// <summary>Counts a shard that was taken.</summary>
    public void Took(TakeoverReason reason)
    {
        Interlocked.Increment(ref _takeovers[(int)reason]);
    }

    /// <summary>Counts writes that were refused.</summary>
    public void Refused(int writes)
    {
        Interlocked.Add(ref _fencedWrites, writes);
    }
}
