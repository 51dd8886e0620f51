namespace Carillon.Cluster;

/// <summary>
/// The store's time as a node knows it: the local clock plus the skew measured at the last heartbeat. Due times are
/// read from it, so that nodes with different clocks agree on them.
/// </summary>
public sealed class ClusterClock : TimeProvider
{
    /// <summary>A measured skew below this is the noise of the round trip, and is not applied.</summary>
    private static readonly TimeSpan Noise = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _local;
    private long _skewTicks;
    private long _appliedTicks;

    /// <summary>Makes a clock that follows <paramref name="local"/> until a skew is measured.</summary>
    public ClusterClock(TimeProvider local)
    {
        _local = local;
    }

    /// <summary>The store's clock less the local one, as last measured.</summary>
    public TimeSpan Skew => new(Interlocked.Read(ref _skewTicks));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _local.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _local.TimestampFrequency;

    /// <summary>Takes a measurement: the store's time against the midpoint of the round trip.</summary>
    public void Measure(DateTimeOffset sent, DateTimeOffset storeTime, DateTimeOffset received)
    {
        var skew = storeTime - (sent + ((received - sent) / 2));
        Interlocked.Exchange(ref _skewTicks, skew.Ticks);
        if ((skew.Ticks - Interlocked.Read(ref _appliedTicks)) is var change && Math.Abs(change) > Noise.Ticks)
        {
            Interlocked.Exchange(ref _appliedTicks, skew.Duration() > Noise ? skew.Ticks : 0);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        return _local.GetUtcNow().AddTicks(Interlocked.Read(ref _appliedTicks));
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
}
