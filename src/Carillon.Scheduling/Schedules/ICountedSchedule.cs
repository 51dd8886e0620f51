namespace Carillon.Scheduling.Schedules;

/// <summary>A schedule that counts its occurrences without visiting them.</summary>
internal interface ICountedSchedule : ISchedule
{
    /// <inheritdoc cref="ScheduleExtensions.CountBetween"/>
    long CountBetween(DateTimeOffset afterExclusive, DateTimeOffset untilInclusive, long limit);
}
