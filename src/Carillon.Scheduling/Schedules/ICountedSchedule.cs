namespace Carillon.Scheduling.Schedules;

/// <summary>A schedule that counts its occurrences itself.</summary>
internal interface ICountedSchedule : ISchedule
{
    /// <summary>Whether it does so by arithmetic alone, without visiting them.</summary>
    bool CountsAtOnce { get; }

    /// <inheritdoc cref="ScheduleExtensions.CountBetween"/>
    long CountBetween(DateTimeOffset afterExclusive, DateTimeOffset untilInclusive, long limit);
}
