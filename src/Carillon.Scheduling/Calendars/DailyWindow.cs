namespace Carillon.Scheduling.Calendars;

/// <summary>A part of every day on the wall clock.</summary>
/// <param name="From">The first time of day in it.</param>
/// <param name="To">The first time after it; on the next day when it is not later than <paramref name="From"/>.</param>
internal sealed record DailyWindow(TimeSpan From, TimeSpan To) : ICalendarPart
{
    /// <inheritdoc/>
    public DateTime? CoveredUntil(DateTime wall)
    {
        var (day, time) = (wall.Date, wall.TimeOfDay);
        if (From < To)
        {
            return time >= From && time < To ? day + To : null;
        }

        return time >= From ? day.AddDays(1) + To : time < To ? day + To : null;
    }
}
