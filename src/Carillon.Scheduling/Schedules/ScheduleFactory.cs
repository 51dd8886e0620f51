using Carillon.Model;
using Carillon.Scheduling.Calendars;

namespace Carillon.Scheduling.Schedules;

/// <summary>Turns what a user wrote about when a job is due into a schedule.</summary>
public static class ScheduleFactory
{
    // What was due only before this is no schedule: zones that had no daylight saving then would hide that a skipped
    // time never runs now.
    private static readonly DateTimeOffset OldestOfInterest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Creates the schedule of a job.</summary>
    /// <param name="spec">
    /// The schedule as written. Instants finer than a microsecond are cut to whole microseconds.
    /// </param>
    /// <param name="jobId">The job's id, which <c>H</c> and the jitter are derived from.</param>
    /// <param name="anchor">
    /// When the job was created. When <see cref="ScheduleSpec.Start"/> is null it is the phase of
    /// <see cref="ScheduleSpec.Every"/>, cut to whole milliseconds, and what <see cref="ScheduleSpec.Rrule"/> is counted
    /// from, cut to whole seconds.
    /// </param>
    /// <param name="calendars">The calendars that <see cref="ScheduleSpec.Exclude"/> may name; null for none.</param>
    /// <returns>A schedule without occurrences when no kind is set.</returns>
    /// <exception cref="ScheduleException">The schedule cannot be used; the message lists every problem.</exception>
    public static ISchedule Create(
        ScheduleSpec spec,
        string jobId,
        DateTimeOffset anchor,
        CalendarSet? calendars = null)
    {
        var problems = new ScheduleProblems();
        return TryCreate(spec, jobId, anchor, calendars, problems)?.Whole
            ?? throw new ScheduleException(problems.Sentences);
    }

    /// <summary>
    /// Creates the schedule of a job that has been recorded. One that cannot be used here, since it names a calendar or
    /// a zone that this node does not have, has no occurrences.
    /// </summary>
    /// <inheritdoc cref="Create"/>
    public static ISchedule Restore(ScheduleSpec spec, string jobId, DateTimeOffset anchor, CalendarSet calendars) =>
        TryCreate(spec, jobId, anchor, calendars, new ScheduleProblems())?.Whole ?? new OneOffSchedule(at: null);

    /// <summary>Creates the schedule of a job, or adds everything that is wrong with it and returns null.</summary>
    /// <param name="spec">The schedule as written.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="anchor">
    /// When the job was created; null: not yet. A rule without a start then names whatever it might with one.
    /// </param>
    /// <param name="calendars">The calendars that it may name; null for none.</param>
    /// <param name="problems">Receives what is wrong.</param>
    internal static ScheduleParts? TryCreate(
        ScheduleSpec spec,
        string jobId,
        DateTimeOffset? anchor,
        CalendarSet? calendars,
        ScheduleProblems problems)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(jobId);
        ScheduleSpecRules.Check(spec, problems);
        var pattern = ReadCron(spec, CronDialect.Crontab, jobId, problems)
            ?? ReadCron(spec, CronDialect.Quartz, jobId, problems);
        var rule = RecurrenceParser.Parse(spec.Rrule, problems);
        var excluded = (calendars ?? CalendarSet.Empty).Find(spec.Exclude, problems);
        if (problems.Sentences.Count > 0)
        {
            return null;
        }

        var (start, end) = (Cut(spec.Start, TimeSpan.TicksPerMicrosecond), EndOf(spec, rule));
        pattern ??= Begin(rule, start, anchor, spec.TimeZone);
        var planned = Plan(spec, pattern, anchor, start, end);
        if (rule is not null && planned.Next(start?.AddTicks(-1) ?? anchor ?? OldestOfInterest) is null)
        {
            problems.Add("rrule", spec.Rrule!, "never fires", "a rule that names a time after its start");
            return null;
        }

        var excluding = excluded.Count == 0 ? null : new ExcludingSchedule(planned, excluded);
        var jittered = spec.Jitter > TimeSpan.Zero
            ? new JitteredSchedule(excluding ?? planned, jobId, spec.Jitter, end)
            : null;
        return new ScheduleParts(planned, pattern, end, excluding, jittered);
    }

    /// <summary>Adds a problem when calendars leave nothing of a schedule that has occurrences without them.</summary>
    internal static void CheckExclusion(ScheduleSpec spec, ScheduleParts parts, ScheduleProblems problems)
    {
        if (parts.Excluding is { } rest
            && parts.Planned.Next(OldestOfInterest) is not null
            && rest.Next(OldestOfInterest) is null)
        {
            var names = string.Join(", ", spec.Exclude);
            problems.Add("exclude", names, "excludes every occurrence", "calendars that leave something to run");
        }
    }

    private static (IWallPattern Times, ZoneTimeline Zone)? ReadCron(
        ScheduleSpec spec,
        CronDialect dialect,
        string jobId,
        ScheduleProblems problems)
    {
        var text = dialect == CronDialect.Quartz ? spec.QuartzCron : spec.Cron;
        var pattern = text is null ? null : CronParser.Parse(text, dialect, jobId, problems);
        if (pattern is null || ZoneTimeline.Find(spec.TimeZone) is not { } zone)
        {
            return null;
        }

        var unbounded = new WallClockSchedule(pattern, zone, spec.Dst, start: null, end: null);
        if (unbounded.Next(OldestOfInterest) is null)
        {
            problems.Add(CronParser.Setting(dialect), text!, "never fires", "a date and time that exist in its zone");
        }

        return (pattern, zone);
    }

    private static ISchedule Plan(
        ScheduleSpec spec,
        (IWallPattern Times, ZoneTimeline Zone)? pattern,
        DateTimeOffset? anchor,
        DateTimeOffset? start,
        DateTimeOffset? end)
    {
        return spec switch
        {
            _ when pattern is var (times, zone) => new WallClockSchedule(times, zone, spec.Dst, start, end),
            { Every: { } delay, FollowsEnd: true } => new FixedDelaySchedule(start, delay, end),
            { Every: { } period } => new FixedRateSchedule(
                start ?? Cut(anchor ?? DateTimeOffset.UnixEpoch, TimeSpan.TicksPerMillisecond), period, end),
            _ => new OneOffSchedule(Cut(spec.At, TimeSpan.TicksPerMicrosecond)),
        };
    }

    /// <summary>The times of a rule from its start on; of any start when neither that nor the creation is known.</summary>
    private static (IWallPattern Times, ZoneTimeline Zone)? Begin(
        RecurrenceRule? rule, DateTimeOffset? start, DateTimeOffset? anchor, string timeZone)
    {
        if (rule is null || ZoneTimeline.Find(timeZone) is not { } zone)
        {
            return null;
        }

        var instant = (start ?? anchor ?? OldestOfInterest).UtcDateTime;
        var wall = instant + zone.SegmentAt(instant).Offset;
        var second = wall.AddTicks(-(wall.Ticks % TimeSpan.TicksPerSecond));
        var first = start is not null && second < wall ? second.AddSeconds(1) : second;
        return (new RecurrencePattern((start ?? anchor) is null ? rule.FromAnyStart() : rule, first), zone);
    }

    /// <summary>The end that is written, or the instant after the last one of a rule.</summary>
    private static DateTimeOffset? EndOf(ScheduleSpec spec, RecurrenceRule? rule)
    {
        var end = Cut(spec.End, TimeSpan.TicksPerMicrosecond);
        var past = rule?.Until is { Kind: DateTimeKind.Utc } last
            ? new DateTimeOffset(last).AddMicroseconds(1)
            : (DateTimeOffset?)null;
        return past < end || end is null ? past ?? end : end;
    }

    private static DateTimeOffset? Cut(DateTimeOffset? instant, long unit) =>
        instant is { } value ? Cut(value, unit) : null;

    private static DateTimeOffset Cut(DateTimeOffset instant, long unit) =>
        new(instant.UtcTicks - (instant.UtcTicks % unit), TimeSpan.Zero);
}
