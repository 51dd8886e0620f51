using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>Says what a schedule has to do with one instant. Pure.</summary>
public static class MomentExplainer
{
    /// <summary>How far from a change of the clocks a time that is not due may owe it that.</summary>
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>How far back the occurrence before is looked for, step by step; the last reaches over a leap day.</summary>
    private static readonly TimeSpan[] Lookbacks =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1),
        TimeSpan.FromDays(32), TimeSpan.FromDays(367), TimeSpan.FromDays(3_000),
    ];

    /// <summary>Explains a time.</summary>
    /// <param name="job">The job; its schedule is the present one.</param>
    /// <param name="calendars">The calendars of the node.</param>
    /// <param name="from">The beginning of the time.</param>
    /// <param name="to">Its end, not part of it.</param>
    public static ScheduleMoment Explain(Job job, CalendarSet calendars, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(job);
        var spec = job.Definition.Schedule;
        var problems = new ScheduleProblems();
        if (ScheduleFactory.TryCreate(spec, job.Id, job.CreatedAt, calendars, problems) is not { } parts)
        {
            return new ScheduleMoment(null, string.Join(' ', problems.Sentences), null, null);
        }

        if (spec.FollowsEnd)
        {
            var note = $"each run is due {DurationText.Format(spec.Every!.Value)} after the end of the one before";
            return new ScheduleMoment(null, note, null, null);
        }

        var schedule = parts.Whole;
        var next = schedule.Next(Before(from));
        var due = next < to ? next : null;
        return new ScheduleMoment(
            due,
            WhatIsSaid(spec, parts, from, to),
            LastBefore(schedule, due ?? from),
            due is { } occurrence ? schedule.Next(occurrence) : next);
    }

    private static string? WhatIsSaid(ScheduleSpec spec, ScheduleParts parts, DateTimeOffset from, DateTimeOffset to)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone);
        var (items, end) = new OccurrenceWalk(spec, parts, zone, Before(from)).Take(1);
        var isDue = items.Any(item => item.Runs && item.ScheduledAt < to);
        if (items.FirstOrDefault(item => item.ScheduledAt < to && item.Runs == isDue) is { } met)
        {
            return met.Decision;
        }

        if (from < spec.Start)
        {
            return $"the schedule starts at {Local(spec.Start.Value, zone)}";
        }

        return Moved(parts, zone, from, to) ?? ChangeNear(spec, parts, from) ?? (items.Any(static item => item.Runs) ? null : end);
    }

    /// <summary>Where the jitter has moved an occurrence of that time to, in words.</summary>
    private static string? Moved(ScheduleParts parts, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        if (parts.Jittered is not { } jittered || (parts.Excluding ?? parts.Planned).Next(Before(from)) is not { } planned || planned >= to)
        {
            return null;
        }

        var moved = jittered.Move(planned);
        var amount = (moved - planned).ToString("c", CultureInfo.InvariantCulture);
        return $"jitter has moved it {amount} later, to {Local(moved, zone)}";
    }

    /// <summary>What a change of the clocks within a day does to the schedule.</summary>
    private static string? ChangeNear(ScheduleSpec spec, ScheduleParts parts, DateTimeOffset at)
    {
        if (parts.Pattern is not var (times, zone) || at - DateTimeOffset.MinValue < Day || DateTimeOffset.MaxValue - at < Day)
        {
            return null;
        }

        var decisions = new DstDecisions(times, zone, spec.Dst);
        return ClockChange.Between(zone, (at - Day).UtcDateTime, (at + Day).UtcDateTime)
            .Select(decisions.Effect).FirstOrDefault(static effect => effect is not null);
    }

    private static DateTimeOffset? LastBefore(ISchedule schedule, DateTimeOffset instant)
    {
        foreach (var reach in Lookbacks)
        {
            if (instant - DateTimeOffset.MinValue > reach && schedule.Next(instant - reach) is { } found && found < instant)
            {
                return schedule.LastUntil(found, Before(instant));
            }
        }

        return null;
    }

    private static DateTimeOffset Before(DateTimeOffset instant) =>
        instant > DateTimeOffset.MinValue ? instant.AddTicks(-1) : instant;

    private static string Local(DateTimeOffset instant, TimeZoneInfo zone) =>
        LocalTime.Of(TimeZoneInfo.ConvertTime(instant, zone));
}
