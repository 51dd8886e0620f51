namespace Carillon.Scheduling.Schedules;

/// <summary>
/// A stretch of time during which a zone keeps one offset from UTC. Where the neighbouring offset is the same, the
/// boundary is only a seam between two years.
/// </summary>
/// <param name="Start">The first instant (UTC).</param>
/// <param name="End">The first instant after it (UTC).</param>
/// <param name="Offset">Wall clock minus UTC within the segment.</param>
/// <param name="OffsetBefore">Wall clock minus UTC just before <paramref name="Start"/>.</param>
/// <param name="OffsetAfter">Wall clock minus UTC at <paramref name="End"/>.</param>
internal sealed record ZoneSegment(
    DateTime Start,
    DateTime End,
    TimeSpan Offset,
    TimeSpan OffsetBefore,
    TimeSpan OffsetAfter)
{
    /// <summary>
    /// How much wall-clock time is missing at <see cref="Start"/>; negative when time is repeated there.
    /// </summary>
    public TimeSpan GapAtStart => Offset - OffsetBefore;

    /// <summary>
    /// How much wall-clock time is missing at <see cref="End"/>; negative when time is repeated there.
    /// </summary>
    public TimeSpan GapAtEnd => OffsetAfter - Offset;

    /// <summary>No instant from <see cref="End"/> on shows, or skips, a wall-clock time before this.</summary>
    public DateTime EarliestWallAfter => End + (OffsetAfter < Offset ? OffsetAfter : Offset);
}
