namespace Carillon.Cluster;

/// <summary>
/// The store's time as a node knows it: what the heartbeats measured, carried on by the local monotonic clock. Due times
/// are read from it, so that nodes with different clocks agree on them, and a wall clock that is stepped moves none.
/// </summary>
public sealed class ClusterClock : TimeProvider
{
    private readonly TimeProvider _local;
    private Anchor _anchor;

    /// <summary>Makes a clock that begins with the wall time of <paramref name="local"/>.</summary>
    public ClusterClock(TimeProvider local)
    {
        _local = local;
        _anchor = new Anchor(local.GetUtcNow(), local.GetTimestamp());
    }

    /// <summary>The store's clock less the local wall clock.</summary>
    public TimeSpan Skew => GetUtcNow() - _local.GetUtcNow();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _local.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _local.TimestampFrequency;

    /// <summary>
    /// Takes a measurement. The store's time was read somewhere within the round trip that ends now, which proves the
    /// present to half of the round trip; a clock that says something else is set to the middle. So a slow answer moves
    /// nothing that a quick one has found, and the clock is as exact as the quickest.
    /// </summary>
    /// <param name="sent">The local timestamp before the question was sent.</param>
    /// <param name="storeTime">The answer.</param>
    public void Measure(long sent, DateTimeOffset storeTime)
    {
        var received = _local.GetTimestamp();
        var halfway = _local.GetElapsedTime(sent, received) / 2;
        var present = storeTime + halfway;
        if ((present - GetUtcNow()).Duration() > halfway)
        {
            Volatile.Write(ref _anchor, new Anchor(present, received));
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        var anchor = Volatile.Read(ref _anchor);
        return anchor.At + _local.GetElapsedTime(anchor.Timestamp);
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        return _local.GetTimestamp();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        return _local.CreateTimer(callback, state, dueTime, period);
    }

    private sealed record Anchor(DateTimeOffset At, long Timestamp);
}
