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
    /// When the job was created: the phase of <see cref="ScheduleSpec.Every"/>, cut to whole milliseconds, when
    /// <see cref="ScheduleSpec.Start"/> is null.
    /// </param>
    /// <param name="calendars">The calendars that <see cref="ScheduleSpec.Exclude"/> may name; null for none.</param>
    /// <returns>A schedule without occurrences when none of cron, quartz-cron, every and at is set.</returns>
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
    internal static ScheduleParts? TryCreate(
        ScheduleSpec spec,
        string jobId,
        DateTimeOffset anchor,
        CalendarSet? calendars,
        ScheduleProblems problems)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(jobId);
        ScheduleSpecRules.Check(spec, problems);
        var pattern = ReadCron(spec, CronDialect.Crontab, jobId, problems)
            ?? ReadCron(spec, CronDialect.Quartz, jobId, problems);
        var excluded = (calendars ?? CalendarSet.Empty).Find(spec.Exclude, problems);
        if (problems.Sentences.Count > 0)
        {
            return null;
        }

        var (start, end) = (Cut(spec.Start, TimeSpan.TicksPerMicrosecond), Cut(spec.End, TimeSpan.TicksPerMicrosecond));
        ISchedule planned = spec switch
        {
            _ when pattern is var (times, zone) => new CronSchedule(times, zone, spec.Dst, start, end),
            { Every: { } delay, FollowsEnd: true } => new FixedDelaySchedule(start, delay, end),
            { Every: { } period } =>
                new FixedRateSchedule(start ?? Cut(anchor, TimeSpan.TicksPerMillisecond), period, end),
            _ => new OneOffSchedule(Cut(spec.At, TimeSpan.TicksPerMicrosecond)),
        };
        var excluding = excluded.Count == 0 ? null : new ExcludingSchedule(planned, excluded);
        var jittered = spec.Jitter > TimeSpan.Zero
            ? new JitteredSchedule(excluding ?? planned, jobId, spec.Jitter, end)
            : null;
        return new ScheduleParts(planned, pattern, excluding, jittered);
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

    private static (CronPattern Times, ZoneTimeline Zone)? ReadCron(
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

        var unbounded = new CronSchedule(pattern, zone, spec.Dst, start: null, end: null);
        if (unbounded.Next(OldestOfInterest) is null)
        {
            problems.Add(CronParser.Setting(dialect), text!, "never fires", "a date and time that exist in its zone");
        }

        return (pattern, zone);
    }

    private static DateTimeOffset? Cut(DateTimeOffset? instant, long unit) =>
        instant is { } value ? Cut(value, unit) : null;

    private static DateTimeOffset Cut(DateTimeOffset instant, long unit) =>
        new(instant.UtcTicks - (instant.UtcTicks % unit), TimeSpan.Zero);
}
