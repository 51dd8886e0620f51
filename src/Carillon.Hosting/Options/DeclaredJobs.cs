using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Scheduling.Calendars;
using Carillon.Web;

namespace Carillon.Hosting;

/// <summary>Turns declared jobs into definitions and says what is wrong with them.</summary>
internal static class DeclaredJobs
{
    /// <summary>The definition that an item of <c>carillon.jobs</c> stands for.</summary>
    public static JobDefinition ToDefinition(JobOptions job)
    {
        return new JobDefinition
        {
            Id = job.Id,
            Name = job.Name,
            Owner = job.Owner,
            Category = job.Category,
            Tags = [.. job.Tags],
            Description = job.Description,
            Queue = job.Queue,
            Roles = [.. job.Roles],
            Priority = job.Priority,
            Schedule = ToSpec(job.Schedule),
            Misfire = job.Misfire,
            Grace = job.Grace,
            Overlap = job.Overlap,
            MaxConcurrent = job.MaxConcurrent,
            Timeout = job.Timeout,
            TotalTimeout = job.TotalTimeout,
            StartLimit = job.StartLimit?.ToLimit(),
            Retry = job.Retry.ToPolicy(),
            Guarantee = job.Guarantee,
            Payload = job.Payload,
            Enabled = job.Enabled,
            Run = ToRun(job.Run),
        };
    }

    /// <summary>The problems of all definitions; each names the job.</summary>
    /// <param name="jobs">The definitions.</param>
    /// <param name="calendars">The calendars that their schedules may name.</param>
    /// <param name="allowProcess">Which jobs may start processes.</param>
    public static IEnumerable<string> Problems(
        IReadOnlyList<JobDefinition> jobs, CalendarSet calendars, AllowProcess allowProcess)
    {
        foreach (var twice in jobs.GroupBy(j => j.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"carillon.jobs declares '{twice.Key}' {twice.Count()} times: every job needs an id of its own";
        }

        foreach (var job in jobs)
        {
            foreach (var problem in JobValidator.Validate(job, calendars))
            {
                yield return $"carillon.jobs '{job.Id}': {problem}";
            }

            if (allowProcess.ProblemOfDeclared(job.Run) is { } refused)
            {
                yield return $"carillon.jobs '{job.Id}': {refused}";
            }
        }
    }

    private static ScheduleSpec ToSpec(ScheduleOptions schedule)
    {
        return new ScheduleSpec
        {
            Cron = schedule.Cron,
            QuartzCron = schedule.QuartzCron,
            Every = schedule.Every,
            EveryFrom = schedule.EveryFrom,
            At = schedule.At,
            TimeZone = schedule.TimeZone,
            Dst = schedule.Dst,
            Start = schedule.Start,
            End = schedule.End,
            Jitter = schedule.Jitter,
            Exclude = [.. schedule.Exclude],
        };
    }

    private static RunSpec ToRun(RunOptions run)
    {
        return run.Type switch
        {
            RunType.Http => new HttpRun
            {
                Url = run.Url ?? string.Empty,
                Method = run.Method,
                Headers = run.Headers.AsReadOnly(),
                Body = run.Body,
                Expect = run.Expect,
                Redirects = run.Redirects,
            },
            RunType.Process => new ProcessRun
            {
                Command = run.Command ?? string.Empty,
                Args = [.. run.Args],
                Env = run.Env.AsReadOnly(),
                Directory = run.Directory,
            },
            RunType.Class => new ClassRun { Class = run.Class ?? string.Empty },
            _ => null!, // JobValidator names the missing type
        };
    }
}
