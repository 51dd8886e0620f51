namespace Carillon.Scheduling.Schedules;

/// <summary>The periods of a recurrence rule: every so many from that of its first occurrence on.</summary>
internal sealed class RecurrencePeriods
{
    private readonly RecurrenceFrequency _frequency;
    private readonly long _unit;
    private readonly long _phase;
    private readonly long _interval;
    private readonly long _first;

    /// <summary>Lays the periods out.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="first">A time in the first of its periods.</param>
    public RecurrencePeriods(RecurrenceRule rule, DateTime first)
    {
        _frequency = rule.Frequency;
        _unit = rule.Frequency switch
        {
            RecurrenceFrequency.Secondly => TimeSpan.TicksPerSecond,
            RecurrenceFrequency.Minutely => TimeSpan.TicksPerMinute,
            RecurrenceFrequency.Hourly => TimeSpan.TicksPerHour,
            RecurrenceFrequency.Daily => TimeSpan.TicksPerDay,
            _ => 7 * TimeSpan.TicksPerDay,
        };

        // The calendar begins on a Monday.
        _phase = rule.Frequency == RecurrenceFrequency.Weekly
            ? ((int)rule.WeekStart + 6) % 7 * TimeSpan.TicksPerDay
            : 0;
        _interval = rule.Interval;
        _first = IndexOf(first);
    }

    /// <summary>
    /// The first period of the rule that ends after a time, or null when the calendar ends before it does.
    /// </summary>
    /// <param name="wall">A time at or after the first one.</param>
    public (DateTime Start, DateTime End)? EndingAfter(DateTime wall)
    {
        var index = IndexOf(wall);
        var behind = (index - _first) % _interval;
        index += behind == 0 ? 0 : _interval - behind;
        return index < IndexOf(DateTime.MaxValue) ? (StartOf(index), StartOf(index + 1)) : null;
    }

    private long IndexOf(DateTime wall) => _frequency switch
    {
        RecurrenceFrequency.Yearly => wall.Year - 1,
        RecurrenceFrequency.Monthly => ((wall.Year - 1) * 12) + wall.Month - 1,
        _ => (wall.Ticks - _phase) / _unit,
    };

    private DateTime StartOf(long index) => _frequency switch
    {
        RecurrenceFrequency.Yearly => new DateTime((int)index + 1, 1, 1),
        RecurrenceFrequency.Monthly => new DateTime((int)(index / 12) + 1, (int)(index % 12) + 1, 1),
        _ => new DateTime((index * _unit) + _phase),
    };
}
