namespace Carillon.Cluster;

/// <summary>
/// The store's time as a node knows it: what the heartbeats measured, carried on by the local monotonic clock. Due times
/// are read from it, so that nodes with different clocks agree on them, and a wall clock that is stepped moves none.
/// </summary>
public sealed class ClusterClock : TimeProvider
{
    /// <summary>A deviation up to this is the noise of the round trip, and is not followed.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _local;
    private long _skewTicks;
    private Anchor _anchor;

    /// <summary>Makes a clock that begins with the wall time of <paramref name="local"/>.</summary>
    public ClusterClock(TimeProvider local)
    {
        _local = local;
        _anchor = new Anchor(local.GetUtcNow(), local.GetTimestamp());
    }

    /// <summary>The store's clock less the local wall clock, as last measured.</summary>
    public TimeSpan Skew => new(Interlocked.Read(ref _skewTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _local.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _local.TimestampFrequency;

    /// <summary>Takes a measurement: the store's time against the midpoint of the round trip that ends now.</summary>
    /// <param name="sent">The local timestamp before the question was sent.</param>
    /// <param name="storeTime">The answer.</param>
    public void Measure(long sent, DateTimeOffset storeTime)
    {
        var received = _local.GetTimestamp();
        var present = storeTime + (_local.GetElapsedTime(sent, received) / 2);
        Interlocked.Exchange(ref _skewTicks, (present - _local.GetUtcNow()).Ticks);
        if ((present - GetUtcNow()).Duration() > Noise)
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
