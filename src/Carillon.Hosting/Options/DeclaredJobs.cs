using System.Globalization;
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
            OnLeaseLoss = job.OnLeaseLoss,
            Payload = job.Payload,
            Enabled = job.Enabled,
            Run = ToRun(job.Run),
        };
    }

    /// <summary>The problems of all definitions; each names the job.</summary>
    /// <param name="jobs">The definitions, those of <c>carillon.jobs</c> first and in its order.</param>
    /// <param name="calendars">The calendars that their schedules may name.</param>
    /// <param name="allowProcess">Which jobs may start processes.</param>
    public static IEnumerable<OptionsProblem> Problems(
        IReadOnlyList<JobDefinition> jobs, CalendarSet calendars, AllowProcess allowProcess)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < jobs.Count; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"carillon.jobs.{i}");
            var job = jobs[i];
            if (job.Id.Length > 0 && !seen.Add(job.Id))
            {
                yield return new OptionsProblem($"{key}.id", $"job '{job.Id}' is declared twice: every job needs an id of its own");
            }

            foreach (var problem in JobValidator.Validate(job, calendars))
            {
                yield return Of(key, job, problem);
            }

            if (allowProcess.ProblemOfDeclared(job.Run) is { } refused)
            {
                yield return Of(key, job, refused);
            }
        }
    }

    /// <summary>The jobs that name code which <paramref name="classes"/> does not hold.</summary>
    public static IEnumerable<OptionsProblem> UnknownClasses(IReadOnlyList<JobDefinition> jobs, JobClasses classes)
    {
        for (var i = 0; i < jobs.Count; i++)
        {
            if (jobs[i].Run is ClassRun { Class: { Length: > 0 } name } && classes.Find(name) is null)
            {
                var known = classes.Names.Count == 0
                    ? "this program registers none"
                    : $"did you mean '{NearestWord.Of(name, classes.Names)}'? Registered are {string.Join(", ", classes.Names)}";
                yield return new OptionsProblem(
                    string.Create(CultureInfo.InvariantCulture, $"carillon.jobs.{i}.run.class"),
                    $"job '{jobs[i].Id}': run.class '{name}' is not a registered class: {known}");
            }
        }
    }

    /// <summary>A sentence of the validator begins with the field; in configuration that is written with dashes.</summary>
    private static OptionsProblem Of(string key, JobDefinition job, string sentence)
    {
        var end = sentence.IndexOf(' ', StringComparison.Ordinal);
        var field = sentence[..end].Replace('_', '-');
        return new OptionsProblem($"{key}.{field}", $"{(job.Id.Length > 0 ? $"job '{job.Id}'" : key)}: {field}{sentence[end..]}");
    }

    private static ScheduleSpec ToSpec(ScheduleOptions schedule)
    {
        return new ScheduleSpec
        {
            Cron = schedule.Cron,
            QuartzCron = schedule.QuartzCron,
            Rrule = schedule.Rrule,
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
