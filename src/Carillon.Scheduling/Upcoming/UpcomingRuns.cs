using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>
/// The occurrences of many jobs in the order of time. Pure. It looks once at every job and keeps no more than a page.
/// </summary>
/// <param name="query">What to list.</param>
/// <param name="calendars">The calendars of the node.</param>
/// <param name="schedulerPause">The last pause of the whole scheduler, or null.</param>
public sealed class UpcomingRuns(UpcomingQuery query, CalendarSet calendars, Pause? schedulerPause)
{
    private const int MaxCount = 1_000;

    // The entries that are the next ones of their jobs, the last in order first: what is too late for the page falls out.
    private readonly PriorityQueue<Candidate, (DateTimeOffset At, string JobId)> _candidates = new(LatestFirst);

    private static IComparer<(DateTimeOffset At, string JobId)> LatestFirst { get; } =
        Comparer<(DateTimeOffset At, string JobId)>.Create(static (left, right) => Compare(right, left));

    /// <summary>How many of the jobs seen so far are due in the period, after the place where the page begins.</summary>
    public int DueJobs { get; private set; }

    /// <summary>Takes a job into account.</summary>
    /// <param name="job">The job.</param>
    /// <param name="afterEnd">When it is due next, where its schedule follows the end of its runs; else null.</param>
    public void Add(Job job, DateTimeOffset? afterEnd)
    {
        ArgumentNullException.ThrowIfNull(job);
        var schedule = job.Definition.Schedule.FollowsEnd
            ? new OneOffSchedule(afterEnd)
            : ScheduleFactory.Restore(job.Definition.Schedule, job.Id, job.CreatedAt, calendars);
        if (First(job, schedule) is { } first)
        {
            DueJobs++;
            Keep(new Candidate(job, schedule, first));
        }
    }

    /// <summary>The page, and whether there is more. To be called once, when every job has been added.</summary>
    public (IReadOnlyList<UpcomingRun> Page, bool HasMore) Take()
    {
        var ahead = new PriorityQueue<Candidate, (DateTimeOffset At, string JobId)>(
            _candidates.UnorderedItems, Comparer<(DateTimeOffset At, string JobId)>.Create(Compare));
        var page = new List<UpcomingRun>();
        while (page.Count < query.Limit && ahead.TryDequeue(out var next, out _))
        {
            page.Add(Entry(next));
            if (Due(next.Schedule, query.FoldEnd(next.At)) is { } later)
            {
                ahead.Enqueue(next with { At = later }, (later, next.Job.Id));
            }
        }

        return (page, ahead.Count > 0);
    }

    private static int Compare((DateTimeOffset At, string JobId) left, (DateTimeOffset At, string JobId) right)
    {
        var order = left.At.CompareTo(right.At);
        return order != 0 ? order : string.CompareOrdinal(left.JobId, right.JobId);
    }

    /// <summary>The first entry of a job that belongs on the page or behind it.</summary>
    private DateTimeOffset? First(Job job, ISchedule schedule)
    {
        if (query.After is not { } after)
        {
            return Due(schedule, query.From);
        }

        var fold = query.FoldEnd(after.At) - query.Fold;
        var first = Due(schedule, fold > query.From ? fold : query.From);
        return first is { } at && Compare((at, job.Id), after) <= 0 ? Due(schedule, query.FoldEnd(at)) : first;
    }

    private void Keep(Candidate candidate)
    {
        _candidates.Enqueue(candidate, (candidate.At, candidate.Job.Id));
        if (_candidates.Count > query.Limit + 1)
        {
            _candidates.Dequeue();
        }
    }

    private DateTimeOffset? Due(ISchedule schedule, DateTimeOffset from)
    {
        return from > DateTimeOffset.MinValue && schedule.Next(from.AddTicks(-1)) is { } next && next < query.Until ? next : null;
    }

    private UpcomingRun Entry(Candidate candidate)
    {
        var (job, schedule, first) = candidate;
        var end = query.FoldEnd(first) < query.Until ? query.FoldEnd(first) : query.Until;
        var last = schedule.LastUntil(first, end.AddTicks(-1));
        var count = last == first ? 1 : 1 + schedule.CountBetween(first, last, MaxCount - 1);
        return new UpcomingRun(job, first, last, count, SkipReason(job, first));
    }

    private string? SkipReason(Job job, DateTimeOffset occurrence)
    {
        return !job.Definition.Enabled ? SkipReasons.Disabled
            : Holds(job.Pause, occurrence) || Holds(schedulerPause, occurrence) ? SkipReasons.Paused
            : null;
    }

    private static bool Holds(Pause? pause, DateTimeOffset occurrence)
    {
        return pause is not null && (pause.Until is null || occurrence < pause.Until);
    }

    private sealed record Candidate(Job Job, ISchedule Schedule, DateTimeOffset At);
}
