namespace Carillon.Scheduling.Schedules;

/// <summary>Occurrences at a phase and every period after it, by arithmetic alone.</summary>
internal sealed class FixedRateSchedule : ICountedSchedule
{
    private readonly long _phase;
    private readonly long _period;
    private readonly long _last;

    /// <summary>Creates the schedule.</summary>
    /// <param name="phase">The first occurrence.</param>
    /// <param name="period">The time between two occurrences, above zero.</param>
    /// <param name="end">The first instant that may not be an occurrence, or null for no bound.</param>
    public FixedRateSchedule(DateTimeOffset phase, TimeSpan period, DateTimeOffset? end)
    {
        _phase = phase.UtcTicks;
        _period = period.Ticks;
        _last = (end?.UtcTicks - 1) ?? DateTimeOffset.MaxValue.UtcTicks;
    }

    /// <inheritdoc/>
    public bool CountsAtOnce => true;

    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        // Neither product nor sum can overflow: both stay below the greatest instant plus one period.
        var next = _phase + (CountUntil(after.UtcTicks, long.MaxValue) * _period);
        return next <= _last ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    /// <inheritdoc/>
    public long CountBetween(DateTimeOffset afterExclusive, DateTimeOffset untilInclusive, long limit) =>
        Math.Clamp(CountUntil(untilInclusive.UtcTicks, _last) - CountUntil(afterExclusive.UtcTicks, _last), 0, limit);

    private long CountUntil(long instant, long last)
    {
        var until = Math.Min(instant, last);
        return until < _phase ? 0 : ((until - _phase) / _period) + 1;
    }
}
