using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <summary>
/// The spans of an attempt, from <c>ActivitySource("Carillon")</c>: <c>schedule</c> from due to the slot, and below it
/// <c>claim</c> until the start is committed, <c>run</c> while code runs, and <c>record</c> until the end is committed. All
/// attempts of an execution are in one trace. Without a listener nothing is made. A listener that throws is told of in the
/// log, and changes nothing else.
/// </summary>
internal static partial class AttemptSpans
{
    private static readonly ActivitySource Source = new("Carillon");

    /// <summary>The <c>traceparent</c> of whoever calls.</summary>
    /// <param name="current">The activity of the caller, or null.</param>
    public static string? CallerOf(Activity? current)
    {
        // A web server makes activities that nobody records; what called it is the nearest span that somebody may have.
        var parent = current?.Source.HasListeners() == true ? current.Id : current?.ParentId;
        return ActivityContext.TryParse(parent, null, out _) ? parent : null;
    }

    /// <summary>Makes the spans that end with the commit of a start.</summary>
    /// <param name="attempt">The attempt, its start committed.</param>
    /// <param name="job">Its job.</param>
    /// <param name="grantedAt">When it got its slot.</param>
    /// <param name="now">When its start was committed.</param>
    /// <param name="log">Where it is told that a listener threw.</param>
    /// <returns>The <c>traceparent</c> of what the spans to come are below; null where the attempt is not traced.</returns>
    public static string? Scheduled(Attempt attempt, JobDefinition job, DateTimeOffset grantedAt, DateTimeOffset now, ILogger log)
    {
        return Source.HasListeners() ? Guarded((attempt, job, grantedAt, now), static of => Make(of.attempt, of.job, of.grantedAt, of.now), log) : null;

        static string? Make(Attempt attempt, JobDefinition job, DateTimeOffset grantedAt, DateTimeOffset now)
        {
            var dueAt = attempt.DueAt < grantedAt ? attempt.DueAt : grantedAt;
            using var schedule = Start("schedule", ActivityKind.Internal, attempt, job, parent: null, dueAt);
            schedule?.SetTag("carillon.wait_cause", Word(attempt.WaitCause));
            schedule?.SetEndTime(grantedAt.UtcDateTime);
            schedule?.Stop();
            using var claim = Start("claim", ActivityKind.Internal, attempt, job, schedule?.Id, grantedAt);
            claim?.SetEndTime(now.UtcDateTime);
            return schedule?.Id;
        }
    }

    /// <summary>Begins the span of a run; it is the current one until it is disposed. Null where it is not traced.</summary>
    public static Activity? Run(Attempt attempt, JobDefinition job, string? parent, TimeProvider time, ILogger log)
    {
        return Source.HasListeners() ? Guarded((attempt, job, parent, time), static of => Make(of.attempt, of.job, of.parent, of.time), log) : null;

        static Activity? Make(Attempt attempt, JobDefinition job, string? parent, TimeProvider time)
        {
            var kind = job.Run is HttpRun ? ActivityKind.Client : ActivityKind.Internal;
            return Start("run", kind, attempt, job, parent, time.GetUtcNow());
        }
    }

    /// <summary>Ends the span of a run.</summary>
    public static void End(Activity run, AttemptResult result, ILogger log)
    {
        Guarded((run, result), static of => Finish(of.run, of.result, of.run.StartTimeUtc.AddMicroseconds(of.result.DurationMicroseconds ?? 0)), log);
    }

    /// <summary>Makes the span that ends with the commit of an end.</summary>
    /// <param name="open">The attempt.</param>
    /// <param name="job">Its job.</param>
    /// <param name="result">What is recorded.</param>
    /// <param name="endedAt">When that was known.</param>
    /// <param name="now">When it was committed.</param>
    /// <param name="log">Where it is told that a listener threw.</param>
    public static void Recorded(OpenAttempt open, JobDefinition job, AttemptResult result, DateTimeOffset endedAt, DateTimeOffset now, ILogger log)
    {
        if (Source.HasListeners())
        {
            Guarded((open, job, result, endedAt, now), static of => Make(of.open, of.job, of.result, of.endedAt, of.now), log);
        }

        static Activity? Make(OpenAttempt open, JobDefinition job, AttemptResult result, DateTimeOffset endedAt, DateTimeOffset now)
        {
            using var record = Start("record", ActivityKind.Internal, open.Row, job, open.TraceParent, endedAt);
            return record is null ? null : Finish(record, result, now.UtcDateTime);
        }
    }

    private static Activity? Start(
        string name, ActivityKind kind, Attempt attempt, JobDefinition job, string? parent, DateTimeOffset at)
    {
        var key = attempt.Key;
        return Source.StartActivity(
            name,
            kind,
            ExecutionTrace.ParentOf(key.ExecutionId, parent ?? attempt.TraceParent),
            [
                new("carillon.job", job.Id), new("carillon.execution", key.ExecutionId.ToString()),
                new("carillon.attempt", key.Attempt), new("carillon.shard", attempt.Shard), new("carillon.queue", job.Queue),
            ],
            startTime: at);
    }

    private static void SetOutcome(Activity span, AttemptResult result)
    {
        span.SetTag("carillon.outcome", Word(result.Outcome));
        if (result.Error is { } error)
        {
            span.SetTag("error.type", error.Type);
            span.SetStatus(ActivityStatusCode.Error, error.Message);
        }
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum
    {
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
    }

    private static Activity Finish(Activity span, AttemptResult result, DateTime at)
    {
        SetOutcome(span, result);
        span.SetEndTime(at);
        span.Stop();
        return span;
    }

    /// <summary>Makes spans; when a listener throws, there is null, and the current activity is the one it was before.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Listeners are code of the app or of its libraries; a job does not depend on who watches it.")]
    private static T? Guarded<TArguments, T>(TArguments arguments, Func<TArguments, T?> make, ILogger log)
        where T : class
    {
        var current = Activity.Current;
        try
        {
            return make(arguments);
        }
        catch (Exception problem)
        {
            Activity.Current = current;
            LogListenerThrew(log, problem);
            return null;
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "A listener of activities threw; the attempt goes on without this span.")]
    private static partial void LogListenerThrew(ILogger log, Exception problem);
}
