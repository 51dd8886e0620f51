using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>
/// Decides what becomes of the occurrences of one job that are due: run, skip, or wait. Pure: it takes what is known
/// and returns what to do; the <see cref="JobActor"/> does it.
/// </summary>
public static class OccurrencePlanner
{
    /// <summary>
    /// The most occurrences visited in one decision; the caller decides again for the rest. A fixed rate is counted,
    /// not visited.
    /// </summary>
    public const int MaxVisits = 4_000;

    /// <summary>
    /// The most occurrences of a job that are due and wait, be it for room under <c>overlap = queue</c>, for a slot, or
    /// to be made up for under <c>misfire = run-all</c>. Of more, the newest <see cref="KeptBacklog"/> are kept.
    /// </summary>
    public const int MaxBacklog = 1_000;

    /// <summary>
    /// How many go on waiting when there are too many: a tenth is left out at once, so that a job that cannot keep up does
    /// not record with each start what it leaves out.
    /// </summary>
    public const int KeptBacklog = 900;

    /// <summary>Decides about the occurrences after <paramref name="plannedThrough"/> that are due at <paramref name="now"/>.</summary>
    /// <param name="job">The job as it stands.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="plannedThrough">The last occurrence that has been decided about.</param>
    /// <param name="now">The present.</param>
    /// <param name="busy">What of the job is open, and what was.</param>
    /// <param name="schedulerPause">The last pause of the whole scheduler, or null.</param>
    public static PlanDecision Decide(
        Job job, ISchedule schedule, DateTimeOffset plannedThrough, DateTimeOffset now, BusyPeriod busy, Pause? schedulerPause = null)
    {
        if (job.Definition.Schedule.FollowsEnd && busy.OpenCount > 0)
        {
            return new PlanDecision([], plannedThrough, Run: null, Next: null);
        }

        var through = CountsFrom(job, plannedThrough, busy.LastEnd);
        var stretches = new StretchBuilder(job.Id);
        var rules = new SkipRules(job, schedule, now, busy, schedulerPause);
        var visits = MaxVisits;
        while (visits > 0)
        {
            if (schedule.Next(through) is not { } next)
            {
                return new PlanDecision(stretches.Done(), through, Run: null, Next: null);
            }

            if (next > now)
            {
                return new PlanDecision(stretches.Done(), through, Run: null, next);
            }

            if (rules.Judge(next) is not { } verdict)
            {
                return new PlanDecision(stretches.Done(), through, busy.HasRoom(job.Definition) ? next : null, next);
            }

            (var count, through) = schedule.Pass(next, verdict.Until, ref visits);
            stretches.Add(next, through, count, verdict);
        }

        return new PlanDecision(stretches.Done(), through, Run: null, Next: null, HasMore: true);
    }

    /// <summary>After which instant the next occurrence is looked for: one that follows the end is counted from there.</summary>
    internal static DateTimeOffset CountsFrom(Job job, DateTimeOffset plannedThrough, DateTimeOffset? lastEnd)
    {
        return job.Definition.Schedule.FollowsEnd && lastEnd > plannedThrough ? lastEnd.Value : plannedThrough;
    }
}
