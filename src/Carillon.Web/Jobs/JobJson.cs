using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Scheduling.Calendars;

namespace Carillon.Web;

/// <summary>
/// Reads a job definition out of a request. Answers are written from <see cref="JobDocument"/>, under the same names.
/// </summary>
internal static class JobJson
{
    /// <summary>Names that only answers have: accepted, so that an answer can be edited and sent back.</summary>
    private static readonly string[] OnlyAnswered =
        ["version", "source", "created_at", "scheduled_from", "pause", "status", "next_run_at", "metrics"];

    /// <summary>Stands where a required part is missing, so that the other problems are found as well.</summary>
    private static readonly RunSpec NoRun = new ClassRun { Class = "none" };

    /// <summary>Reads a definition.</summary>
    /// <param name="fields">The members of the body.</param>
    /// <param name="pathId">The id that the path names, or null.</param>
    /// <param name="current">The job as it is, or null when there is none.</param>
    /// <param name="allowProcess">Which jobs may start processes.</param>
    /// <param name="calendars">The calendars that its schedule may name; null for none.</param>
    /// <exception cref="RequestException">400: every problem at once.</exception>
    public static JobDefinition Read(
        JsonFields fields, string? pathId, Job? current, AllowProcess allowProcess, CalendarSet? calendars)
    {
        var definition = Definition(fields, ReadId(fields, pathId), current);
        fields.Ignore(OnlyAnswered);
        if (allowProcess.ProblemOfPosted(definition.Run) is { } refused)
        {
            fields.Note(refused);
        }

        IReadOnlyList<string> problems = [.. fields.Finish(), .. JobValidator.Validate(definition, calendars)];
        return problems.Count == 0 ? definition : throw new RequestException(400, problems);
    }

    private static string ReadId(JsonFields fields, string? pathId)
    {
        var id = fields.Text("id");
        if (id is null && pathId is null)
        {
            fields.Note("id is missing");
        }
        else if (id is not null && pathId is not null && !string.Equals(id, pathId, StringComparison.Ordinal))
        {
            fields.Note($"id '{StoredText.Clean(id, 80)}' is not the one of the path, '{pathId}'");
        }

        return pathId ?? id ?? "none";
    }

    private static JobDefinition Definition(JsonFields fields, string id, Job? current)
    {
        var missing = new JobDefinition { Id = id, Run = NoRun };
        return missing with
        {
            Name = fields.Text("name"),
            Owner = fields.Text("owner"),
            Category = fields.Text("category"),
            Tags = fields.Texts("tags"),
            Description = fields.Text("description"),
            Queue = fields.Text("queue") ?? missing.Queue,
            Roles = fields.Texts("roles"),
            Priority = fields.Number("priority", missing.Priority),
            Schedule = fields.Object("schedule") is { } schedule ? ReadSchedule(schedule) : missing.Schedule,
            Misfire = fields.Choice("misfire", missing.Misfire),
            Grace = fields.Duration("grace") ?? missing.Grace,
            Overlap = fields.Choice("overlap", missing.Overlap),
            MaxConcurrent = fields.Number("max_concurrent", missing.MaxConcurrent),
            Timeout = fields.Duration("timeout"),
            TotalTimeout = fields.Duration("total_timeout"),
            StartLimit = fields.Object("start_limit") is { } limit ? ReadLimit(limit) : null,
            Retry = fields.Object("retry") is { } retry ? ReadRetry(retry) : missing.Retry,
            Guarantee = fields.Choice("guarantee", missing.Guarantee),
            OnLeaseLoss = fields.Choice("on_lease_loss", missing.OnLeaseLoss),
            Payload = fields.Raw("payload"),
            Enabled = fields.Flag("enabled", missing.Enabled),
            Run = ReadRun(fields, current?.Definition.Run),
        };
    }

    private static ScheduleSpec ReadSchedule(JsonFields fields)
    {
        var missing = new ScheduleSpec();
        return new ScheduleSpec
        {
            Cron = fields.Text("cron"),
            QuartzCron = fields.Text("quartz_cron"),
            Rrule = fields.Text("rrule"),
            Every = fields.Duration("every"),
            EveryFrom = fields.Choice("every_from", missing.EveryFrom),
            At = fields.Instant("at"),
            TimeZone = fields.Text("time_zone") ?? missing.TimeZone,
            Dst = fields.Choice("dst", missing.Dst),
            Start = fields.Instant("start"),
            End = fields.Instant("end"),
            Jitter = fields.Duration("jitter") ?? missing.Jitter,
            Exclude = fields.Texts("exclude"),
        };
    }

    private static RetryPolicy ReadRetry(JsonFields fields)
    {
        var missing = new RetryPolicy();
        return new RetryPolicy
        {
            Attempts = fields.Number("attempts", missing.Attempts),
            Strategy = fields.Choice("strategy", missing.Strategy),
            WaitMin = fields.Duration("wait_min") ?? missing.WaitMin,
            WaitMax = fields.Duration("wait_max") ?? missing.WaitMax,
            Only = fields.Texts("only"),
            Except = fields.Texts("except"),
        };
    }

    private static StartLimit ReadLimit(JsonFields fields)
    {
        return new StartLimit { Starts = fields.Number("starts", 0), Per = fields.Duration("per") ?? TimeSpan.Zero };
    }

    private static RunSpec ReadRun(JsonFields job, RunSpec? current)
    {
        if (job.Object("run") is not { } fields)
        {
            job.Note("run is missing: write for example {\"type\": \"http\", \"url\": \"https://…\"}");
            return NoRun;
        }

        var type = fields.Text("type");
        switch (type)
        {
            case "http":
                return ReadHttp(fields, current);
            case "process":
                return ReadProcess(fields, current);
            case "class":
                return new ClassRun { Class = fields.Text("class") ?? string.Empty };
            default:
                job.Note($"run.type '{StoredText.Clean(type ?? string.Empty, 80)}' is not allowed: http, process, class");
                return NoRun;
        }
    }

    private static HttpRun ReadHttp(JsonFields fields, RunSpec? current)
    {
        var url = fields.Text("url") ?? string.Empty;
        var missing = new HttpRun { Url = url };
        var headers = fields.Map("headers");
        NoteUnknown(fields, "run.headers", ValueMask.Restore(headers, ValueMask.KnownHeaders(url, current)));

        return missing with
        {
            Method = fields.Text("method") ?? missing.Method,
            Headers = headers,
            Body = fields.Text("body"),
            Expect = fields.Text("expect") ?? missing.Expect,
            Redirects = fields.Number("redirects", missing.Redirects),
        };
    }

    private static ProcessRun ReadProcess(JsonFields fields, RunSpec? current)
    {
        var command = fields.Text("command") ?? string.Empty;
        var env = fields.Map("env");
        NoteUnknown(fields, "run.env", ValueMask.Restore(env, ValueMask.KnownVariables(command, current)));
        return new ProcessRun
        {
            Command = command,
            Args = fields.Texts("args"),
            Env = env,
            Directory = fields.Text("directory"),
        };
    }

    private static void NoteUnknown(JsonFields fields, string path, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            fields.Note(
                $"{path}.{StoredText.Clean(name, 80)} is '{ValueMask.Mask}', which stands for a value that "
                + "is not known here: write the value");
        }
    }
}
