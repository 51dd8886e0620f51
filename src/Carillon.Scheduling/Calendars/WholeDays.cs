namespace Carillon.Scheduling.Calendars;

/// <summary>Days of which no part is left.</summary>
/// <param name="dates">Single days.</param>
/// <param name="yearly">Month and day of days of every year.</param>
/// <param name="weekdays">Days of the week.</param>
internal sealed class WholeDays(
    IReadOnlySet<DateOnly> dates,
    IReadOnlySet<(int Month, int Day)> yearly,
    IReadOnlySet<DayOfWeek> weekdays) : ICalendarPart
{
    /// <inheritdoc/>
    public DateTime? CoveredUntil(DateTime wall) =>
        weekdays.Contains(wall.DayOfWeek)
        || yearly.Contains((wall.Month, wall.Day))
        || dates.Contains(DateOnly.FromDateTime(wall))
            ? wall.Date.AddDays(1)
            : null;
}
