using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>Says what is to come of a schedule, and why.</summary>
public static class ScheduleExplainer
{
    /// <summary>The most occurrences that are explained at once.</summary>
    public const int MaxCount = 100;

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>Explains the occurrences after an instant. Those that run are those of the job's schedule.</summary>
    /// <param name="spec">The schedule.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="anchor">When the job was created.</param>
    /// <param name="calendars">The calendars of the node.</param>
    /// <param name="after">Occurrences after this instant.</param>
    /// <param name="count">How many that run: 1 to 100.</param>
    /// <returns>
    /// The occurrences; of a schedule that cannot be used here none, and a note that lists its problems.
    /// </returns>
    public static ScheduleExplanation Explain(
        ScheduleSpec spec,
        string jobId,
        DateTimeOffset anchor,
        CalendarSet calendars,
        DateTimeOffset after,
        int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        var problems = new ScheduleProblems();
        if (ScheduleFactory.TryCreate(spec, jobId, anchor, calendars, problems) is not { } parts)
        {
            return new ScheduleExplanation([], string.Join(' ', problems.Sentences), []);
        }

        if (spec.FollowsEnd)
        {
            var note = string.Create(
                CultureInfo.InvariantCulture,
                $"each run is due {spec.Every:c} after the end of the one before, so it is known only then");
            return new ScheduleExplanation([], note, []);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone);
        var (items, reason) = new OccurrenceWalk(spec, parts, zone, after).Take(count);
        return new ScheduleExplanation(items, reason, AffectedDates(spec, parts, after));
    }

    private static List<AffectedDate> AffectedDates(ScheduleSpec spec, ScheduleParts parts, DateTimeOffset after)
    {
        var affected = new List<AffectedDate>();
        if (parts.Pattern is not var (times, zone) || after > DateTimeOffset.MaxValue - Year)
        {
            return affected;
        }

        var decisions = new DstDecisions(times, zone, spec.Dst);
        foreach (var change in ClockChange.Between(zone, after.UtcDateTime, (after + Year).UtcDateTime))
        {
            var at = new DateTimeOffset(change.At);
            if (!(at < spec.Start) && !(at >= parts.End) && decisions.Effect(change) is { } effect)
            {
                var date = change.WallBefore.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                affected.Add(new AffectedDate(at, date, effect));
            }
        }

        return affected;
    }
}
