namespace Carillon.Testing;

/// <summary>
/// The clock of one machine: its wall time may be stepped, its timers and timestamps go on as before. While the machine
/// stands still its timers are late.
/// </summary>
public sealed class SteppedClock(TimeProvider time) : TimeProvider
{
    private readonly List<Action> _late = [];
    private TimeSpan _offset;
    private bool _isPaused;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>Moves the wall time forward, or back.</summary>
    public void Step(TimeSpan by)
    {
        _offset += by;
    }

    /// <summary>Holds the timers back.</summary>
    public void Pause()
    {
        _isPaused = true;
    }

    /// <summary>Fires the timers that are late, each once.</summary>
    public void Resume()
    {
        _isPaused = false;
        Action[] late = [.. _late];
        _late.Clear();
        Array.ForEach(late, static fire => fire());
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
        var isLate = false;
        return time.CreateTimer(Fire, null, dueTime, period);

        void Fire(object? unused)
        {
            if (!_isPaused)
            {
                callback(state);
            }
            else if (!isLate)
            {
                isLate = true;
                _late.Add(() =>
                {
                    isLate = false;
                    callback(state);
                });
            }
        }
    }
}
