using Carillon.Model;

namespace Carillon.Scheduling.Schedules;

/// <summary>
/// A pattern read on the wall clock of a zone. Between two offset changes the wall clock runs like UTC, so each
/// such segment is searched by itself; the policy decides what happens at its edges.
/// </summary>
internal sealed class WallClockSchedule : ISchedule
{
    // Zone arithmetic needs a day of room, and the year after, at both ends of DateTime.
    private static readonly DateTime Earliest = new(2, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(9998, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // After this long the calendar repeats, so a pattern without a match has none.
    private const int SearchedYears = 401;

    // More than any offset from UTC: within a day of an instant its wall clock has shown that instant's UTC reading.
    private static readonly TimeSpan WidestOffset = TimeSpan.FromDays(1);

    private readonly IWallPattern _pattern;
    private readonly ZoneTimeline _zone;
    private readonly DstPolicy _dst;
    private readonly DateTime _start;
    private readonly DateTime _end;

    /// <summary>Creates the schedule.</summary>
    /// <param name="pattern">The wall-clock times.</param>
    /// <param name="zone">The zone of the wall clock.</param>
    /// <param name="dst">What becomes of skipped and repeated wall-clock times.</param>
    /// <param name="start">The first instant that may be an occurrence, or null for no bound.</param>
    /// <param name="end">The first instant that may not, or null for no bound.</param>
    public WallClockSchedule(
        IWallPattern pattern,
        ZoneTimeline zone,
        DstPolicy dst,
        DateTimeOffset? start,
        DateTimeOffset? end)
    {
        _pattern = pattern;
        _zone = zone;
        _dst = dst;
        _start = start?.UtcDateTime is { } first && first > Earliest ? first : Earliest;
        _end = end?.UtcDateTime is { } last && last < Latest ? last : Latest;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (after.UtcDateTime >= _end)
        {
            return null;
        }

        var instant = after.UtcDateTime < _start ? _start : after.UtcDateTime.AddTicks(1);
        var limit = instant.Year + SearchedYears < _end.Year ? instant.AddYears(SearchedYears) : _end;
        while (instant < limit)
        {
            var segment = _zone.SegmentAt(instant);
            if (FirstIn(segment, instant) is { } found)
            {
                return found < _end ? new DateTimeOffset(found) : null;
            }

            if (_pattern.AtOrAfter(segment.EarliestWallAfter) is not { } wall)
            {
                return null;
            }

            var resume = AsUtc(wall - WidestOffset);
            instant = resume > segment.End ? resume : segment.End;
        }

        return null;
    }

    private DateTime? FirstIn(ZoneSegment segment, DateTime instant)
    {
        if (instant == segment.Start && _dst != DstPolicy.Skip && HasMatchInGapBefore(segment))
        {
            return instant;
        }

        var (from, until) = (instant, segment.End);
        if (_dst == DstPolicy.Last)
        {
            until = segment.GapAtEnd < TimeSpan.Zero ? until + segment.GapAtEnd : until;
        }
        else if (_dst != DstPolicy.Both)
        {
            var unrepeated = segment.Start - segment.GapAtStart;
            from = from < unrepeated ? unrepeated : from;
        }

        var found = _pattern.AtOrAfter(from + segment.Offset) - segment.Offset;
        return found < until ? AsUtc(found.Value) : null;
    }

    private bool HasMatchInGapBefore(ZoneSegment segment) =>
        segment.GapAtStart > TimeSpan.Zero
        && _pattern.AtOrAfter(segment.Start + segment.OffsetBefore) < segment.Start + segment.Offset;

    private static DateTime AsUtc(DateTime instant) => DateTime.SpecifyKind(instant, DateTimeKind.Utc);
}
