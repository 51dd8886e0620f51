using System.Globalization;

namespace Carillon.Scheduling.Schedules;

/// <summary>What may be written in one field of a cron expression.</summary>
/// <param name="Name">The field's name in messages; also what spreads <c>H</c> differently in each field.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value, and the greatest step.</param>
internal sealed record CronFieldKind(string Name, int Min, int Max)
{
    private static readonly string[] WeekdayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public static readonly CronFieldKind Second = new("second", 0, 59);
    public static readonly CronFieldKind Minute = new("minute", 0, 59);
    public static readonly CronFieldKind Hour = new("hour", 0, 23);

    // H keeps to 1–28, so that every month has the day.
    public static readonly CronFieldKind DayOfMonth = new("day-of-month", 1, 31) { SpreadLast = 28 };

    public static readonly CronFieldKind Month = new("month", 1, 12)
    {
        Names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    };

    public static readonly CronFieldKind CrontabDayOfWeek = new("day-of-week", 0, 7)
    {
        Last = 6,
        SpreadLast = 6,
        Names = WeekdayNames,
    };

    public static readonly CronFieldKind QuartzDayOfWeek = new("day-of-week", 1, 7) { Names = WeekdayNames };
    public static readonly CronFieldKind Year = new("year", 1970, 2199);

    /// <summary>The last value that <c>*</c> and an open <c>n/step</c> cover.</summary>
    public int Last { get; init; } = Max;

    /// <summary>The last value that a bare <c>H</c> picks.</summary>
    public int SpreadLast { get; init; } = Max;

    /// <summary>Names of the values from <see cref="Min"/> on, in capitals; empty when values have no names.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Reads a value, as a number or a name in any case.</summary>
    public bool TryValue(string text, out int value)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = Min + i;
                return true;
            }
        }

        return TryNumber(text, Min, Max, out value);
    }

    /// <summary>Reads decimal digits, and nothing else, as a number within bounds.</summary>
    public static bool TryNumber(string text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= min
        && number <= max;
}
