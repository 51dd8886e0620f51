namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The wall-clock times that a recurrence rule names from its first one on. A search goes from one named day and time to
/// the next and leaps over the periods that the interval leaves out, so it costs the same however long ago the rule began.
/// </summary>
internal sealed class RecurrencePattern : IWallPattern
{
    // Days looked at and periods left out. The calendar repeats after 146,097 days.
    private const int MostSteps = 150_000;

    private readonly RecurrenceRule _rule;
    private readonly RecurrenceDays _days;
    private readonly RecurrencePeriods _periods;
    private readonly TimesOfDay _times;
    private readonly DateTime _first;
    private readonly DateTime? _last;

    /// <summary>Creates the pattern.</summary>
    /// <param name="rule">The rule; an end that is an instant is left to the caller.</param>
    /// <param name="first">
    /// Its DTSTART in whole seconds. No time is before it, what the rule leaves open is taken from it, and it is itself
    /// named only if the rule names it.
    /// </param>
    public RecurrencePattern(RecurrenceRule rule, DateTime first)
    {
        _rule = rule.FromDay(first);
        _days = new RecurrenceDays(_rule);
        _periods = new RecurrencePeriods(_rule, first);
        _times = new TimesOfDay(
            Named(rule.Hours, RecurrenceFrequency.Hourly, first.Hour, TimesOfDay.AllHours),
            Named(rule.Minutes, RecurrenceFrequency.Minutely, first.Minute, TimesOfDay.AllSixty),
            Named(rule.Seconds, RecurrenceFrequency.Secondly, first.Second, TimesOfDay.AllSixty));
        _first = first;
        _last = rule.Count is { } count ? LastOf(count)
            : rule.Until is { Kind: not DateTimeKind.Utc } until ? until
            : DateTime.MaxValue;
    }

    /// <inheritdoc/>
    public DateTime? AtOrAfter(DateTime wall)
    {
        var steps = MostSteps;
        return wall <= _last && Find(wall, ref steps) is { } found && found <= _last ? found : null;
    }

    private ulong Named(ulong written, RecurrenceFrequency unit, int first, ulong all) =>
        written != 0 ? written : _rule.Frequency > unit ? 1UL << first : all;

    private DateTime? LastOf(int count)
    {
        var steps = MostSteps;
        DateTime? last = null;
        for (var next = Find(_first, ref steps); next is not null; next = Find(last.Value.AddSeconds(1), ref steps))
        {
            last = next;
            if (--count == 0)
            {
                break;
            }
        }

        return last;
    }

    private DateTime? Find(DateTime wall, ref int steps)
    {
        var from = wall < _first ? _first : wall;
        while (from.Year < DateTime.MaxValue.Year
            && NextNamed(from, ref steps) is { } named
            && _periods.EndingAfter(named) is var (start, end))
        {
            if (start > named)
            {
                from = start;
            }
            else if (_rule.SetPositions.Length == 0)
            {
                return named;
            }
            else if (AtPosition(start, end, named, ref steps) is { } found)
            {
                return found;
            }
            else
            {
                from = end;
            }
        }

        return null;
    }

    /// <summary>The first day and time that the BY parts name, whatever the interval.</summary>
    private DateTime? NextNamed(DateTime from, ref int steps)
    {
        var day = from.Date;
        if (steps-- > 0 && _days.Contains(day) && _times.AtOrAfter(from) is { } time)
        {
            return day.AddSeconds(time);
        }

        for (day = _days.After(day); steps > 0 && day.Year < DateTime.MaxValue.Year; day = _days.After(day), steps--)
        {
            if (_days.Contains(day))
            {
                return day.AddSeconds(_times.First);
            }
        }

        return null;
    }

    /// <summary>The first of the times at the set positions of a period that is not before another.</summary>
    private DateTime? AtPosition(DateTime start, DateTime end, DateTime notBefore, ref int steps)
    {
        var days = new List<DateTime>();
        for (var day = start.Date; day < end; day = day.AddDays(1), steps--)
        {
            if (_days.Contains(day))
            {
                days.Add(day);
            }
        }

        var times = TimesIn(start);
        var size = days.Count * times.Count;
        return _rule.SetPositions
            .Select(position => position > 0 ? position - 1 : size + position)
            .Where(index => index >= 0 && index < size)
            .Select(index => (DateTime?)days[index / times.Count].AddSeconds(times.At(index % times.Count)))
            .Where(time => time >= notBefore)
            .Min();
    }

    private TimesOfDay TimesIn(DateTime period) => new(
        _rule.Frequency <= RecurrenceFrequency.Hourly ? 1UL << period.Hour : _times.Hours,
        _rule.Frequency <= RecurrenceFrequency.Minutely ? 1UL << period.Minute : _times.Minutes,
        _rule.Frequency == RecurrenceFrequency.Secondly ? 1UL << period.Second : _times.Seconds);
}
