namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The days that a recurrence rule names. Whether RFC 5545 says of a part that it expands or that it limits, a day is named
/// when every part that is there names it.
/// </summary>
internal sealed class RecurrenceDays(RecurrenceRule rule)
{
    /// <summary>Whether a day is named.</summary>
    public bool Contains(DateTime day) =>
        IsMonth(day)
        && (rule.MonthDays.Length == 0
            || Names(rule.MonthDays, day.Day, DateTime.DaysInMonth(day.Year, day.Month)))
        && (rule.YearDays.Length == 0 || Names(rule.YearDays, day.DayOfYear, DaysInYear(day)))
        && (rule.WeekNumbers.Length == 0 || IsWeek(day))
        && (rule.Weekdays.Length == 0 || IsWeekday(day));

    /// <summary>The day after one or, where the rest of its month is not named, the first of the next month.</summary>
    public DateTime After(DateTime day) =>
        IsMonth(day) ? day.AddDays(1) : new DateTime(day.Year, day.Month, 1).AddMonths(1);

    private bool IsMonth(DateTime day) => rule.Months == 0 || (rule.Months >> day.Month & 1) != 0;

    // A week belongs to the year that holds its fourth day.
    private bool IsWeek(DateTime day)
    {
        var fourth = day.AddDays(3 - (((int)day.DayOfWeek - (int)rule.WeekStart + 7) % 7));
        var before = (fourth.DayOfYear - 1) / 7;
        var behind = (DaysInYear(fourth) - fourth.DayOfYear) / 7;
        return Names(rule.WeekNumbers, before + 1, before + 1 + behind);
    }

    private bool IsWeekday(DateTime day)
    {
        var (number, length) = rule.CountsInMonth
            ? (day.Day, DateTime.DaysInMonth(day.Year, day.Month))
            : (day.DayOfYear, DaysInYear(day));
        foreach (var (ordinal, weekday) in rule.Weekdays)
        {
            if (weekday == day.DayOfWeek
                && (ordinal == 0 || ordinal == ((number - 1) / 7) + 1 || ordinal == -((length - number) / 7) - 1))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(int[] numbers, int number, int length) =>
        numbers.AsSpan().Contains(number) || numbers.AsSpan().Contains(number - length - 1);

    private static int DaysInYear(DateTime day) => DateTime.IsLeapYear(day.Year) ? 366 : 365;
}
