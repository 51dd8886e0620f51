using Carillon.Model;

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
    /// <returns>A schedule without occurrences when none of cron, quartz-cron, every and at is set.</returns>
    /// <exception cref="ScheduleException">The schedule cannot be used; the message lists every problem.</exception>
    public static ISchedule Create(ScheduleSpec spec, string jobId, DateTimeOffset anchor)
    {
        var problems = new ScheduleProblems();
        return TryCreate(spec, jobId, anchor, problems) ?? throw new ScheduleException(problems.Sentences);
    }

    /// <summary>Creates the schedule of a job, or adds everything that is wrong with it and returns null.</summary>
    internal static ISchedule? TryCreate(
        ScheduleSpec spec,
        string jobId,
        DateTimeOffset anchor,
        ScheduleProblems problems)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(jobId);
        ScheduleSpecRules.Check(spec, problems);
        ISchedule? schedule = CreateCron(spec, CronDialect.Crontab, jobId, problems)
            ?? CreateCron(spec, CronDialect.Quartz, jobId, problems);
        if (problems.Sentences.Count > 0)
        {
            return null;
        }

        var end = Cut(spec.End, TimeSpan.TicksPerMicrosecond);
        if (spec.Every is { } period)
        {
            var phase = Cut(spec.Start, TimeSpan.TicksPerMicrosecond) ?? Cut(anchor, TimeSpan.TicksPerMillisecond);
            schedule = spec.FollowsEnd
                ? new FixedDelaySchedule(Cut(spec.Start, TimeSpan.TicksPerMicrosecond), period, end)
                : new FixedRateSchedule(phase, period, end);
        }

        schedule ??= new OneOffSchedule(Cut(spec.At, TimeSpan.TicksPerMicrosecond));
        return spec.Jitter > TimeSpan.Zero ? new JitteredSchedule(schedule, jobId, spec.Jitter, end) : schedule;
    }

    private static CronSchedule? CreateCron(
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

        var start = Cut(spec.Start, TimeSpan.TicksPerMicrosecond);
        return new CronSchedule(pattern, zone, spec.Dst, start, Cut(spec.End, TimeSpan.TicksPerMicrosecond));
    }

    private static DateTimeOffset? Cut(DateTimeOffset? instant, long unit) =>
        instant is { } value ? Cut(value, unit) : null;

    private static DateTimeOffset Cut(DateTimeOffset instant, long unit) =>
        new(instant.UtcTicks - (instant.UtcTicks % unit), TimeSpan.Zero);
}
