namespace Carillon.Scheduling.Schedules;

/// <summary>Questions about a schedule that follow from its occurrences.</summary>
public static class ScheduleExtensions
{
    /// <summary>
    /// How many occurrences a stretch of time holds. A fixed-rate schedule answers by arithmetic; any other is visited
    /// occurrence by occurrence, so <paramref name="limit"/> bounds the work.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="afterExclusive">Occurrences after this instant count.</param>
    /// <param name="untilInclusive">Occurrences at or before this instant count.</param>
    /// <param name="limit">The greatest answer; zero or more.</param>
    /// <returns>
    /// The count, or <paramref name="limit"/> when there are that many or more; zero for an empty stretch.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public static long CountBetween(
        this ISchedule schedule,
        DateTimeOffset afterExclusive,
        DateTimeOffset untilInclusive,
        long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (schedule is ICountedSchedule counted)
        {
            return counted.CountBetween(afterExclusive, untilInclusive, limit);
        }

        var count = 0L;
        var next = schedule.Next(afterExclusive);
        while (count < limit && next is { } occurrence && occurrence <= untilInclusive)
        {
            count++;
            next = schedule.Next(occurrence);
        }

        return count;
    }
}
