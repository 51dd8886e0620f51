namespace Carillon.Scheduling.Schedules;

/// <summary>A day of month that depends on the month: <c>L</c>, <c>L-3</c>, <c>15W</c>, <c>LW</c>.</summary>
/// <param name="Day">1–31; zero or less counts back from the last day: 0 is the last, −3 three days before it.</param>
/// <param name="NearestWeekday">
/// Take the nearest Monday to Friday of the same month instead; a day the month does not have is then its last day.
/// </param>
internal sealed record DayOfMonthRule(int Day, bool NearestWeekday)
{
    /// <summary>The day this names in a month, or null when the month has no such day.</summary>
    public int? In(int year, int month)
    {
        var last = DateTime.DaysInMonth(year, month);
        var day = Day <= 0 ? last + Day : Day;
        if (!NearestWeekday)
        {
            return day >= 1 && day <= last ? day : null;
        }

        if (day < 1)
        {
            return null;
        }

        day = Math.Min(day, last);
        return new DateTime(year, month, day).DayOfWeek switch
        {
            DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
            DayOfWeek.Sunday => day == last ? day - 2 : day + 1,
            _ => day,
        };
    }
}
