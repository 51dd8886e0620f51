namespace Carillon.Scheduling.Schedules;

/// <summary>A schedule, and the steps in which it comes about.</summary>
/// <param name="Planned">The occurrences that its kind names, between start and end.</param>
/// <param name="Pattern">
/// The wall-clock times of a cron schedule or recurrence rule and their zone; null for the other kinds.
/// </param>
/// <param name="End">The first instant that may not be an occurrence, or null.</param>
/// <param name="Excluding">Those of them that are in no calendar; null when it names no calendar.</param>
/// <param name="Jittered">The same, moved; null without jitter.</param>
internal sealed record ScheduleParts(
    ISchedule Planned,
    (IWallPattern Times, ZoneTimeline Zone)? Pattern,
    DateTimeOffset? End,
    ExcludingSchedule? Excluding,
    JitteredSchedule? Jittered)
{
    /// <summary>What the job runs by.</summary>
    public ISchedule Whole => Jittered ?? Excluding ?? Planned;
}
