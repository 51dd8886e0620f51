namespace Carillon.Actors;

/// <summary>
/// A clock that stands still until told to advance. Due timers fire one at a time in due order, each at exactly its due
/// time; after each the dispatcher runs until idle, so that whatever it started is seen before the next.
/// </summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly DateTimeOffset _start;
    private readonly DeterministicDispatcher? _dispatcher;
    private readonly TimerQueue _timers;
    private long _elapsedTicks;
    private bool _advancing;

    /// <param name="start">The first instant.</param>
    /// <param name="dispatcher">
    /// Runs the callbacks and what follows from them; without one they run on the caller.
    /// </param>
    public VirtualTimeProvider(DateTimeOffset start, DeterministicDispatcher? dispatcher)
    {
        _start = start.ToUniversalTime();
        _dispatcher = dispatcher;
        _timers = new TimerQueue(() => Elapsed);
    }

    /// <summary>
    /// When the next timer is due, <see langword="null"/> when none is armed or it is beyond all dates.
    /// </summary>
    public DateTimeOffset? NextTimer
        => _timers.NextDue is { } due && due <= DateTimeOffset.MaxValue - _start ? _start + due : null;

    /// <summary>Always UTC.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timestamps count 100 ns units.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _elapsedTicks));

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => _timers.Create(callback, state, dueTime, period);

    /// <summary>Moves the clock on, firing what falls due on the way.</summary>
    /// <param name="time">Zero or more. Zero runs the dispatcher and fires what is due now.</param>
    /// <exception cref="InvalidOperationException">Called from a timer or from inside a turn.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + time);
    }

    /// <summary>Moves the clock to an instant, firing what falls due on the way.</summary>
    /// <param name="instant">Not before now.</param>
    /// <exception cref="InvalidOperationException">Called from a timer or from inside a turn.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        if (_advancing)
        {
            throw new InvalidOperationException("The clock is already advancing.");
        }

        _advancing = true;
        try
        {
            var target = instant - _start;
            _dispatcher?.RunUntilIdle();
            while (_timers.NextDue is { } due && due <= target)
            {
                MoveTo(due);
                Fire(due);
            }

            MoveTo(target);
        }
        finally
        {
            _advancing = false;
        }
    }

    private void MoveTo(TimeSpan elapsed) => Interlocked.Exchange(ref _elapsedTicks, elapsed.Ticks);

    private void Fire(TimeSpan due)
    {
        var timer = _timers.TakeDue(due);
        if (timer is null)
        {
            return;
        }

        if (_dispatcher is null)
        {
            timer.Fire();
            return;
        }

        _dispatcher.Post(timer.Fire);
        _dispatcher.RunUntilIdle();
    }
}
