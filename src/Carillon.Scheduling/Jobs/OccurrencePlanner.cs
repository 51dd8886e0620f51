using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>
/// Decides what becomes of the occurrences of one job that are due: run, skip, or wait. Pure: it takes what is known
/// and returns what to do; the <see cref="JobActor"/> does it.
/// </summary>
public static class OccurrencePlanner
{
    /// <summary>The most occurrences looked at in one decision; the caller decides again for the rest.</summary>
    public const int MaxSteps = 10_000;

    /// <summary>Decides about the occurrences after <paramref name="plannedThrough"/> that are due at <paramref name="now"/>.</summary>
    /// <param name="job">The job as it stands.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="plannedThrough">The last occurrence that has been decided about.</param>
    /// <param name="now">The present.</param>
    /// <param name="busy">What of the job is open, and what was open last.</param>
    public static PlanDecision Decide(Job job, ISchedule schedule, DateTimeOffset plannedThrough, DateTimeOffset now, BusyPeriod busy)
    {
        var through = plannedThrough;
        if (job.Definition.Schedule.FollowsEnd)
        {
            if (busy.OpenCount > 0)
            {
                return new PlanDecision([], plannedThrough, Run: null, Next: null);
            }

            through = busy.Last is var (_, end) && end > through ? end : through;
        }

        var stretches = new StretchBuilder(job.Id);
        for (var step = 0; step < MaxSteps; step++)
        {
            if (schedule.Next(through) is not { } next)
            {
                return new PlanDecision(stretches.Done(), through, Run: null, Next: null);
            }

            if (next > now)
            {
                return new PlanDecision(stretches.Done(), through, Run: null, next);
            }

            if (SkipReason(job, schedule, next, now, busy) is var (outcome, reason))
            {
                stretches.Add(next, outcome, reason);
                through = next;
                continue;
            }

            return new PlanDecision(stretches.Done(), through, busy.HasRoom(job.Definition) ? next : null, next);
        }

        return new PlanDecision(stretches.Done(), through, Run: null, now);
    }

    private static (Outcome Outcome, string Reason)? SkipReason(
        Job job, ISchedule schedule, DateTimeOffset occurrence, DateTimeOffset now, BusyPeriod busy)
    {
        var definition = job.Definition;
        if (!definition.Enabled)
        {
            return (Outcome.Skipped, "disabled");
        }

        if (job.Pause is not null)
        {
            return (Outcome.Skipped, "paused");
        }

        if (definition.Overlap == OverlapPolicy.Skip && busy.Covers(occurrence))
        {
            return (Outcome.Skipped, "overlap");
        }

        return now - occurrence > definition.Grace && IsGivenUp(definition, schedule, occurrence, now)
            ? (Outcome.Misfired, "grace")
            : null;
    }

    private static bool IsGivenUp(
        JobDefinition definition, ISchedule schedule, DateTimeOffset occurrence, DateTimeOffset now)
    {
        return definition.Misfire switch
        {
            MisfirePolicy.RunAll => false,
            MisfirePolicy.Skip => true,
            _ when definition.Schedule.FollowsEnd => false, // none is owed after it before it has run
            _ => schedule.Next(occurrence) is { } later && later <= now, // only the newest one is made up for
        };
    }
}
