using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>How many occurrences of a stretch that did not run lie in some period.</summary>
public static class RunShare
{
    private const long MaxVisits = 1_000_000;

    /// <summary>
    /// Counts them by the schedule when it has as many occurrences in the stretch as are recorded. Otherwise it has
    /// changed since, and they are taken to be spread evenly.
    /// </summary>
    /// <param name="run">The stretch.</param>
    /// <param name="from">The period's first instant.</param>
    /// <param name="to">The first instant after the period.</param>
    /// <param name="schedule">The job's schedule; null when there is no job any more.</param>
    public static long Of(OccurrenceRun run, DateTimeOffset from, DateTimeOffset to, ISchedule? schedule)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (first, last) = (run.From > from ? run.From : from, run.To < to ? run.To : to.AddMicroseconds(-1));
        if (first > last)
        {
            return 0;
        }

        if (first == run.From && last == run.To)
        {
            return run.Count;
        }

        return schedule is not null && Count(schedule, run.From, run.To) == run.Count
            ? Count(schedule, first, last)
            : (long)Math.Round(run.Count * ((last - first) / (run.To - run.From)));
    }

    private static long Count(ISchedule schedule, DateTimeOffset first, DateTimeOffset last)
    {
        return schedule.CountBetween(first.AddMicroseconds(-1), last, MaxVisits);
    }
}
