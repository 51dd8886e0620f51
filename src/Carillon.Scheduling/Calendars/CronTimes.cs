using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Calendars;

/// <summary>The minutes, or seconds, that a cron pattern names.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="isToTheSecond">Whether the pattern has a field for seconds: it then covers single seconds.</param>
internal sealed class CronTimes(CronPattern pattern, bool isToTheSecond) : ICalendarPart
{
    /// <inheritdoc/>
    public DateTime? CoveredUntil(DateTime wall)
    {
        var start = Floor(wall, isToTheSecond ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMinute);
        if (pattern.AtOrAfter(start) != start)
        {
            return null;
        }

        // The whole of what is known to be covered, so that a search need not go through it second by second.
        if (isToTheSecond && !pattern.HasEverySecond)
        {
            return start.AddSeconds(1);
        }

        if (!pattern.HasEveryMinute)
        {
            return Floor(wall, TimeSpan.TicksPerMinute).AddMinutes(1);
        }

        return pattern.HasEveryHour ? wall.Date.AddDays(1) : Floor(wall, TimeSpan.TicksPerHour).AddHours(1);
    }

    private static DateTime Floor(DateTime wall, long unit) => new(wall.Ticks - (wall.Ticks % unit));
}
