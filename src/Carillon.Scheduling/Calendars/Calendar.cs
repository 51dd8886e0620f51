using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Calendars;

/// <summary>The instants at which jobs that name the calendar do not run.</summary>
/// <param name="name">Its name.</param>
/// <param name="zone">The zone of its wall clock.</param>
/// <param name="parts">What it covers on that clock.</param>
internal sealed class Calendar(string name, ZoneTimeline zone, IReadOnlyList<ICalendarPart> parts)
{
    // Zone arithmetic needs a day of room, and the year after, at both ends of DateTime.
    private static readonly DateTime Earliest = new(2, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(9998, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Until when it excludes everything from an instant on.</summary>
    /// <returns>A later instant, or null when <paramref name="at"/> itself is not excluded.</returns>
    public DateTimeOffset? ExcludedUntil(DateTimeOffset at)
    {
        var instant = at.UtcDateTime;
        if (instant < Earliest || instant >= Latest)
        {
            return null;
        }

        var segment = zone.SegmentAt(instant);
        var wall = instant + segment.Offset;
        foreach (var part in parts)
        {
            if (part.CoveredUntil(wall) is { } covered)
            {
                var until = DateTime.SpecifyKind(covered - segment.Offset, DateTimeKind.Utc);
                return new DateTimeOffset(until < segment.End ? until : segment.End);
            }
        }

        return null;
    }
}
