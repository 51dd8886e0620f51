namespace Carillon.Scheduling.Schedules;

/// <summary>A weekday that is counted within the month: <c>5#2</c>, <c>5L</c>.</summary>
/// <param name="Weekday">0 (Sunday) to 6.</param>
/// <param name="Nth">1–5, or 0 for the last one of the month.</param>
internal sealed record DayOfWeekRule(int Weekday, int Nth)
{
    /// <summary>The day this names in a month, or null when the month has no such day.</summary>
    public int? In(int year, int month)
    {
        var last = DateTime.DaysInMonth(year, month);
        var first = 1 + ((Weekday - (int)new DateTime(year, month, 1).DayOfWeek + 7) % 7);
        var day = Nth == 0 ? first + ((last - first) / 7 * 7) : first + ((Nth - 1) * 7);
        return day <= last ? day : null;
    }
}
