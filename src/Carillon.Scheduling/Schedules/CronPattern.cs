using System.Numerics;

namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The wall-clock times that a cron expression names, without a zone. Bit n of a mask is the value n of that field.
/// </summary>
internal sealed class CronPattern
{
    // The Gregorian calendar, weekdays included, repeats after 400 years.
    private const int CalendarCycleYears = 400;
    private const int SecondsPerDay = 86_400;

    private readonly ulong _seconds;
    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _months;
    private readonly CronDays _days;
    private readonly HashSet<int>? _years;
    private readonly int _firstTime;

    /// <summary>Creates the pattern of six parsed fields, seconds first, and optionally the years.</summary>
    /// <param name="fields">Second, minute, hour, day of month, month, day of week and, where restricted, year.</param>
    public CronPattern(IReadOnlyList<CronField> fields)
    {
        _seconds = fields[0].Mask;
        _minutes = fields[1].Mask;
        _hours = fields[2].Mask;
        _days = new CronDays(fields[3], fields[5]);
        _months = fields[4].Mask;
        _years = fields.Count > 6 && fields[6].IsRestricted ? fields[6].Values : null;
        _firstTime = TimeOf(
            BitOperations.TrailingZeroCount(_hours),
            BitOperations.TrailingZeroCount(_minutes),
            BitOperations.TrailingZeroCount(_seconds));
    }

    /// <summary>Whether every second of a matching minute matches.</summary>
    public bool HasEverySecond => _seconds == (1UL << 60) - 1;

    /// <summary>Whether every minute of a matching hour matches.</summary>
    public bool HasEveryMinute => _minutes == (1UL << 60) - 1;

    /// <summary>Whether every hour of a matching day matches.</summary>
    public bool HasEveryHour => _hours == (1UL << 24) - 1;

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
            return date.AddSeconds(_firstTime);
        }

        var second = (wall.TimeOfDay.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        return FirstTime((int)second) is { } time
            ? date.AddSeconds(time)
            : FirstDay(year, month, day + 1)?.AddSeconds(_firstTime);
    }

    private DateTime? FirstDay(int year, int month, int day)
    {
        var lastYear = Math.Min(year + CalendarCycleYears, DateTime.MaxValue.Year);
        while (year <= lastYear)
        {
            var found = _years?.Contains(year) == false ? -1 : NextBit(_months, month);
            if (found < 0)
            {
                (year, month, day) = (year + 1, 1, 1);
                continue;
            }

            if (found != month)
            {
                (month, day) = (found, 1);
            }

            var match = NextBit(_days.In(year, month), day);
            if (match > 0)
            {
                return new DateTime(year, month, match);
            }

            (month, day) = (month + 1, 1);
        }

        return null;
    }

    private int? FirstTime(int secondOfDay)
    {
        if (secondOfDay >= SecondsPerDay)
        {
            return null;
        }

        var (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60);
        if (NextBit(_hours, hour) == hour)
        {
            if (NextBit(_minutes, minute) == minute && NextBit(_seconds, second) is >= 0 and var nextSecond)
            {
                return TimeOf(hour, minute, nextSecond);
            }

            if (NextBit(_minutes, minute + 1) is >= 0 and var nextMinute)
            {
                return TimeOf(hour, nextMinute, BitOperations.TrailingZeroCount(_seconds));
            }
        }

        return NextBit(_hours, hour + 1) is >= 0 and var nextHour ? (nextHour * 3600) + (_firstTime % 3600) : null;
    }

    private static int TimeOf(int hour, int minute, int second) => (((hour * 60) + minute) * 60) + second;

    private static int NextBit(ulong mask, int from)
    {
        var rest = mask >> from;
        return rest == 0 ? -1 : from + BitOperations.TrailingZeroCount(rest);
    }
}
