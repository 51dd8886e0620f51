namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The wall-clock times that a cron expression names, without a zone. Bit n of a mask is the value n of that field.
/// </summary>
internal sealed class CronPattern : IWallPattern
{
    // The Gregorian calendar, weekdays included, repeats after 400 years.
    private const int CalendarCycleYears = 400;

    private readonly TimesOfDay _times;
    private readonly ulong _months;
    private readonly CronDays _days;
    private readonly HashSet<int>? _years;

    /// <summary>Creates the pattern of six parsed fields, seconds first, and optionally the years.</summary>
    /// <param name="fields">Second, minute, hour, day of month, month, day of week and, where restricted, year.</param>
    public CronPattern(IReadOnlyList<CronField> fields)
    {
        _times = new TimesOfDay(fields[2].Mask, fields[1].Mask, fields[0].Mask);
        _days = new CronDays(fields[3], fields[5]);
        _months = fields[4].Mask;
        _years = fields.Count > 6 && fields[6].IsRestricted ? fields[6].Values : null;
    }

    /// <summary>Whether every second of a matching minute matches.</summary>
    public bool HasEverySecond => _times.Seconds == TimesOfDay.AllSixty;

    /// <summary>Whether every minute of a matching hour matches.</summary>
    public bool HasEveryMinute => _times.Minutes == TimesOfDay.AllSixty;

    /// <summary>Whether every hour of a matching day matches.</summary>
    public bool HasEveryHour => _times.Hours == TimesOfDay.AllHours;

    /// <summary>
    /// The first matching wall-clock time at or after another, or null when there is none in 400 years.
    /// </summary>
    public DateTime? AtOrAfter(DateTime wall)
    {
        var (year, month, day) = wall;
        if (FirstDay(year, month, day) is not { } date)
        {
            return null;
        }

        if (date != wall.Date)
        {
            return date.AddSeconds(_times.First);
        }

        return _times.AtOrAfter(wall) is { } time
            ? date.AddSeconds(time)
            : FirstDay(year, month, day + 1)?.AddSeconds(_times.First);
    }

    private DateTime? FirstDay(int year, int month, int day)
    {
        var lastYear = Math.Min(year + CalendarCycleYears, DateTime.MaxValue.Year);
        while (year <= lastYear)
        {
            var found = _years?.Contains(year) == false ? -1 : TimesOfDay.NextBit(_months, month);
            if (found < 0)
            {
                (year, month, day) = (year + 1, 1, 1);
                continue;
            }

            if (found != month)
            {
                (month, day) = (found, 1);
            }

            var match = TimesOfDay.NextBit(_days.In(year, month), day);
            if (match > 0)
            {
                return new DateTime(year, month, match);
            }

            (month, day) = (month + 1, 1);
        }

        return null;
    }
}
