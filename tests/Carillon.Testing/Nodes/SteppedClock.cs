namespace Carillon.Testing;

/// <summary>The clock of one machine: its wall time may be stepped, its timers and timestamps go on as before.</summary>
public sealed class SteppedClock(TimeProvider time) : TimeProvider
{
    private TimeSpan _offset;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>Moves the wall time forward, or back.</summary>
    public void Step(TimeSpan by)
    {
        _offset += by;
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        return time.GetUtcNow() + _offset;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        return time.GetTimestamp();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        return time.CreateTimer(callback, state, dueTime, period);
    }
}
