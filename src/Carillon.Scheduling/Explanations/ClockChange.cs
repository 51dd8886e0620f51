using System.Globalization;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>An instant at which a zone changes its offset from UTC.</summary>
/// <param name="At">The first instant with the new offset (UTC).</param>
/// <param name="WallBefore">What the old offset shows at that instant.</param>
/// <param name="WallAfter">What the new offset shows at it.</param>
internal sealed record ClockChange(DateTime At, DateTime WallBefore, DateTime WallAfter)
{
    private static readonly DateTime Latest = new(9998, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Whether wall-clock time is left out; otherwise some comes twice.</summary>
    public bool IsForward => WallAfter > WallBefore;

    /// <summary>The changes after one instant and until another.</summary>
    public static IEnumerable<ClockChange> Between(ZoneTimeline zone, DateTime after, DateTime until)
    {
        if (after >= Latest)
        {
            yield break;
        }

        var segment = zone.SegmentAt(after);
        while (segment.End <= until && segment.End < Latest)
        {
            if (segment.GapAtEnd != TimeSpan.Zero)
            {
                yield return new ClockChange(
                    segment.End, segment.End + segment.Offset, segment.End + segment.OffsetAfter);
            }

            segment = zone.SegmentAt(segment.End);
        }
    }

    /// <summary>The changes next to an instant: the one that begins its segment and the one that ends it.</summary>
    public static IEnumerable<ClockChange> Around(ZoneTimeline zone, DateTime instant)
    {
        var segment = zone.SegmentAt(instant);
        if (segment.GapAtStart != TimeSpan.Zero)
        {
            yield return new ClockChange(
                segment.Start, segment.Start + segment.OffsetBefore, segment.Start + segment.Offset);
        }

        if (segment.GapAtEnd != TimeSpan.Zero)
        {
            yield return new ClockChange(segment.End, segment.End + segment.Offset, segment.End + segment.OffsetAfter);
        }
    }

    /// <summary>The change in words, as the end of a sentence about times that it concerns.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"on {WallBefore:yyyy-MM-dd}, when clocks go {(IsForward ? "forward" : "back")} "
        + $"from {WallBefore:HH:mm} to {WallAfter:HH:mm}");
}
