using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>Compares what the schedule of one job names in a time with what is recorded. Pure.</summary>
/// <param name="job">The job.</param>
/// <param name="schedule">Its schedule.</param>
/// <param name="from">The beginning of the time.</param>
/// <param name="until">Its end, not part of it.</param>
internal sealed class MissedOccurrences(Job job, ISchedule schedule, DateTimeOffset from, DateTimeOffset until)
{
    /// <summary>The most that are counted of one job in one pass.</summary>
    public const int MaxCounted = 1_000;

    /// <summary>Whether the records of such a job say when it was due at all.</summary>
    public static bool CanTell(Job job)
    {
        return !job.Definition.Schedule.FollowsEnd;
    }

    /// <summary>
    /// Since when the present schedule of a job, as this node has it, is known to have been in force. Calendars belong to
    /// the node, and may have been others before it started.
    /// </summary>
    public static DateTimeOffset InForceSince(Job job, DateTimeOffset activatedAt)
    {
        return job.Definition.Schedule.Exclude.Count > 0 && activatedAt > job.ScheduledFrom ? activatedAt : job.ScheduledFrom;
    }

    /// <summary>Whether there is an occurrence without an execution, which only a stretch could explain.</summary>
    /// <param name="executed">When executions of the job were scheduled.</param>
    public bool NeedStretches(IReadOnlySet<DateTimeOffset> executed)
    {
        return Walk(executed, [], limit: 1).Count > 0;
    }

    /// <summary>The occurrences of which nothing tells, oldest first; at most <see cref="MaxCounted"/>.</summary>
    /// <param name="executed">When executions of the job were scheduled.</param>
    /// <param name="stretches">Its stretches that reach into the time.</param>
    public IReadOnlyList<DateTimeOffset> Find(IReadOnlySet<DateTimeOffset> executed, IEnumerable<OccurrenceRun> stretches)
    {
        return Walk(executed, [.. stretches.OrderBy(static run => run.From)], MaxCounted);
    }

    private List<DateTimeOffset> Walk(IReadOnlySet<DateTimeOffset> executed, OccurrenceRun[] stretches, int limit)
    {
        var missed = new List<DateTimeOffset>();
        var (position, stretch) = (from > job.ScheduledFrom ? from.AddTicks(-1) : job.ScheduledFrom, 0);
        while (missed.Count < limit && schedule.Next(position) is { } next && next < until)
        {
            while (stretch < stretches.Length && stretches[stretch].To < next)
            {
                stretch++;
            }

            position = next;
            if (stretch < stretches.Length && stretches[stretch].From <= next)
            {
                position = stretches[stretch].To; // all of it is told at once
            }
            else if (!executed.Contains(next))
            {
                missed.Add(next);
            }
        }

        return missed;
    }
}
