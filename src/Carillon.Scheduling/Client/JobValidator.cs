using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>Says what is wrong with a job definition: every problem at once, each naming field, value and what is allowed.</summary>
public static class JobValidator
{
    private const int MaxNameLength = 200;
    private const int MaxDescriptionLength = 4_000;
    private const int MaxListItems = 50;
    private const int MaxPayloadLength = 64 * 1024;
    private const int MaxUrlLength = 2_000;
    private const int MaxPathLength = 4_000;
    private const int MaxArgs = 200;
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>The problems of <paramref name="job"/>; empty when it is valid.</summary>
    /// <param name="job">The definition.</param>
    /// <param name="calendars">The calendars that its schedule may name; null for none.</param>
    public static IReadOnlyList<string> Validate(JobDefinition job, CalendarSet? calendars = null)
    {
        var problems = new List<string>();
        ValidateId(job.Id, problems);
        ValidateText("name", job.Name, MaxNameLength, problems);
        ValidateText("owner", job.Owner, MaxNameLength, problems);
        ValidateText("category", job.Category, MaxNameLength, problems);
        ValidateText("description", job.Description, MaxDescriptionLength, problems);
        ValidateText("queue", job.Queue, MaxNameLength, problems);
        Check(job.Queue.Length > 0, "queue '' is empty: write a name, or leave it out for 'default'", problems);
        ValidateWords("tags", job.Tags, problems);
        ValidateWords("roles", job.Roles, problems);
        ValidatePayload(job.Payload, problems);
        ValidateNumbers(job, problems);
        ValidateRetry(job.Retry, problems);
        ValidateRun(job.Run, problems);
        problems.AddRange(ScheduleValidator.Validate(job.Schedule, job.Id, calendars));
        return problems;
    }

    /// <summary>The problem of a trigger's payload or idempotency key, or null.</summary>
    public static string? ValidateTrigger(string? payload, string? idempotencyKey)
    {
        var problems = new List<string>();
        ValidatePayload(payload, problems);
        if (idempotencyKey is not null)
        {
            Check(idempotencyKey.Length > 0, "idempotency_key '' is empty: write 1 to 200 characters", problems);
            ValidateText("idempotency_key", idempotencyKey, MaxNameLength, problems);
        }

        return problems.Count == 0 ? null : string.Join("; ", problems);
    }

    /// <summary>Whether <paramref name="id"/> may name a job.</summary>
    public static bool IsId(string id)
    {
        return id.Length is >= 1 and <= JobDefinition.MaxIdLength
            && id is not ("." or ".." or JobDefinition.SharedId)
            && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-');
    }

    private static void ValidateId(string id, List<string> problems)
    {
        Check(
            IsId(id),
            $"id '{Shown(id)}' is not allowed: write 1 to {JobDefinition.MaxIdLength} of the characters A-Z a-z 0-9 _ . : -, but not '.', '..' or '{JobDefinition.SharedId}'",
            problems);
    }

    private static void ValidateText(string field, string? value, int maxLength, List<string> problems)
    {
        if (value is null)
        {
            return;
        }

        Check(value.Length <= maxLength, $"{field} has {value.Length} characters: at most {maxLength} are allowed", problems);
        Check(
            ReferenceEquals(StoredText.Clean(value), value),
            $"{field} '{Shown(value)}' holds U+0000 or half of a surrogate pair, which no store keeps",
            problems);
    }

    private static void ValidateWords(string field, IReadOnlyList<string> words, List<string> problems)
    {
        Check(words.Count <= MaxListItems, $"{field} has {words.Count} items: at most {MaxListItems} are allowed", problems);
        foreach (var word in words.Take(MaxListItems))
        {
            ValidateText(field, word, MaxNameLength, problems);
        }
    }

    private static void ValidatePayload(string? payload, List<string> problems)
    {
        if (payload is null)
        {
            return;
        }

        ValidateText("payload", payload, MaxPayloadLength, problems);
        try
        {
            using var parsed = JsonDocument.Parse(payload);
        }
        catch (JsonException error)
        {
            problems.Add($"payload is not JSON: {error.Message}");
        }
    }

    private static void ValidateNumbers(JobDefinition job, List<string> problems)
    {
        InRange("priority", job.Priority, -100, 100, problems);
        InRange("max_concurrent", job.MaxConcurrent, 1, 10_000, problems);
        InRange("grace", job.Grace, TimeSpan.Zero, TimeSpan.FromDays(1), problems);
        if (job.Timeout is { } timeout)
        {
            InRange("timeout", timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(30), problems);
        }

        if (job.TotalTimeout is { } total)
        {
            InRange("total_timeout", total, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(30), problems);
        }

        if (job.StartLimit is { } limit)
        {
            InRange("start_limit.starts", limit.Starts, 1, StartLimit.MaxStarts, problems);
            InRange("start_limit.per", limit.Per, StartLimit.MinPer, StartLimit.MaxPer, problems);
        }
    }

    private static void ValidateRetry(RetryPolicy retry, List<string> problems)
    {
        InRange("retry.attempts", retry.Attempts, 0, 100, problems);
        InRange("retry.wait_min", retry.WaitMin, TimeSpan.Zero, TimeSpan.FromDays(7), problems);
        InRange("retry.wait_max", retry.WaitMax, retry.WaitMin, TimeSpan.FromDays(7), problems);
        ValidateErrorTypes("retry.only", retry.Only, problems);
        ValidateErrorTypes("retry.except", retry.Except, problems);
    }

    private static void ValidateErrorTypes(string field, IReadOnlyList<string> types, List<string> problems)
    {
        ValidateWords(field, types, problems);
        foreach (var type in types.Take(MaxListItems))
        {
            var star = type.IndexOf('*', StringComparison.Ordinal);
            Check(
                type.Length > 0 && (star < 0 || star == type.Length - 1),
                $"{field} '{Shown(type)}' is not an error type: write its full name, or its beginning and then *",
                problems);
        }
    }

    private static void ValidateRun(RunSpec run, List<string> problems)
    {
        switch (run)
        {
            case HttpRun http:
                ValidateHttp(http, problems);
                break;
            case ClassRun { Class: var name }:
                ValidateText("run.class", name, MaxNameLength, problems);
                Check(name.Length > 0, "run.class '' is empty: write the name of a registered class", problems);
                break;
            case ProcessRun process:
                ValidateProcess(process, problems);
                break;
            default:
                problems.Add("run.type is missing: http, process or class is allowed");
                break;
        }
    }

    private static void ValidateHttp(HttpRun http, List<string> problems)
    {
        ValidateText("run.url", http.Url, MaxUrlLength, problems);
        Check(http.Url.Length > 0, "run.url is missing: write an http or https URL", problems);
        Check(
            http.Url.Length == 0 || (Uri.TryCreate(http.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"),
            $"run.url '{Shown(http.Url)}' is not an absolute http or https URL",
            problems);
        Check(
            Methods.Contains(http.Method, StringComparer.Ordinal),
            $"run.method '{Shown(http.Method)}' is not allowed: {string.Join(", ", Methods)}",
            problems);
        ValidateText("run.body", http.Body, MaxPayloadLength, problems);
        Check(http.Headers.Count <= MaxListItems, $"run.headers has {http.Headers.Count} items: at most {MaxListItems} are allowed", problems);
        foreach (var (name, value) in http.Headers.Take(MaxListItems))
        {
            Check(
                name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)),
                $"run.headers name '{Shown(name)}' is not a header name",
                problems);
            Check(!value.AsSpan().ContainsAny('\r', '\n', '\0'), $"run.headers.{Shown(name)} holds a line break or U+0000", problems);
        }

        InRange("run.redirects", http.Redirects, 0, 10, problems);
        try
        {
            StatusCodes.Parse(http.Expect);
        }
        catch (FormatException error)
        {
            problems.Add("run." + error.Message);
        }
    }

    private static void ValidateProcess(ProcessRun process, List<string> problems)
    {
        ValidateText("run.command", process.Command, MaxPathLength, problems);
        Check(process.Command.Length > 0, "run.command '' is empty: write a program", problems);
        ValidateText("run.directory", process.Directory, MaxPathLength, problems);
        Check(
            process.Args.Count <= MaxArgs,
            $"run.args has {process.Args.Count} items: at most {MaxArgs} are allowed",
            problems);
        foreach (var arg in process.Args.Take(MaxArgs))
        {
            ValidateText("run.args", arg, MaxPathLength, problems);
        }

        Check(
            process.Env.Count <= MaxListItems,
            $"run.env has {process.Env.Count} items: at most {MaxListItems} are allowed",
            problems);
        foreach (var (name, value) in process.Env.Take(MaxListItems))
        {
            Check(
                IsVariable(name),
                $"run.env name '{Shown(name)}' is not allowed: write letters, digits and _, not a digit first; "
                + $"CARILLON_… and TRACEPARENT are set for every run",
                problems);
            ValidateText($"run.env.{Shown(name)}", value, MaxPathLength, problems);
        }
    }

    private static bool IsVariable(string name)
    {
        return name.Length > 0
            && !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && !name.StartsWith("CARILLON_", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("TRACEPARENT", StringComparison.OrdinalIgnoreCase);
    }

    private static void InRange<T>(string field, T value, T min, T max, List<string> problems)
        where T : IComparable<T>
    {
        Check(
            value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0,
            $"{field} {Number(value)} is out of range: {Number(min)} to {Number(max)} is allowed",
            problems);
    }

    private static void Check(
        bool isRight, [InterpolatedStringHandlerArgument(nameof(isRight))] ref ProblemText problem, List<string> problems)
    {
        if (!isRight)
        {
            problems.Add(problem.ToStringAndClear());
        }
    }

    private static void Check(bool isRight, string problem, List<string> problems)
    {
        if (!isRight)
        {
            problems.Add(problem);
        }
    }

    private static string Number<T>(T value)
    {
        return value is TimeSpan duration ? DurationText.Format(duration) : string.Create(CultureInfo.InvariantCulture, $"{value}");
    }

    private static string Shown(string value)
    {
        return StoredText.Clean(value, 80);
    }
}
