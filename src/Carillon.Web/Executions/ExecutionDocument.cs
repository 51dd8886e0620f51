using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>One execution: an occurrence and its attempts.</summary>
internal sealed record ExecutionDocument
{
    /// <summary>Makes the document of an execution.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="isFull">Whether payload and stacks are shown; lists leave them out.</param>
    /// <param name="live">The attempts of it whose code runs on this node; lists leave them out.</param>
    public ExecutionDocument(Execution execution, bool isFull, IReadOnlyList<LiveAttempt>? live = null)
    {
        Attempts =
        [
            .. execution.Attempts.Select(a => new AttemptDocument(
                a, NodeOf(execution, a), isFull, live?.FirstOrDefault(l => l.Key == a.Key))),
        ];
        var first = execution.Attempts[0];
        var last = execution.Attempts[^1];
        var newest = Attempts[^1];
        ExecutionId = execution.Id;
        JobId = execution.JobId;
        Trigger = first.Trigger;
        Status = StatusOf(last);
        ScheduledAt = execution.ScheduledAt;
        DueAt = first.DueAt;
        StartedAt = first.StartedAt;
        FinishedAt = last.Result is { Final: true } ? last.FinishedAt : null;
        DurationMs = newest.DurationMs;
        Node = newest.Node;
        Outcome = last.Result is { Final: true } ? newest.Outcome : null;
        Reason = newest.Reason;
        Error = newest.Error;
        TraceId = ExecutionTrace.IdOf(execution.Id, first.TraceParent);
        Payload = isFull ? RawJson.Of(first.Payload) : null;
    }

    public Guid ExecutionId { get; }

    public string JobId { get; }

    public TriggerKind Trigger { get; }

    public ExecutionStatus Status { get; }

    public DateTimeOffset ScheduledAt { get; }

    public DateTimeOffset DueAt { get; }

    public DateTimeOffset? StartedAt { get; }

    public DateTimeOffset? FinishedAt { get; }

    public double? DurationMs { get; }

    public string? Node { get; }

    public Outcome? Outcome { get; }

    public string? Reason { get; }

    public ErrorDocument? Error { get; }

    public string TraceId { get; }

    public RawJson? Payload { get; }

    public IReadOnlyList<AttemptDocument> Attempts { get; }

    private static string? NodeOf(Execution execution, Attempt attempt)
    {
        return attempt.Node is { } node ? execution.NodeNames.GetValueOrDefault(node) ?? node.ToString() : null;
    }

    private static ExecutionStatus StatusOf(Attempt last)
    {
        return last switch
        {
            { State: AttemptState.Started } => ExecutionStatus.Running,
            { State: AttemptState.Waiting } or { Result: null or { Final: false } } => ExecutionStatus.Pending,
            { Result.Outcome: Model.Outcome.Succeeded } => ExecutionStatus.Succeeded,
            { Result.Outcome: Model.Outcome.TimedOut } => ExecutionStatus.TimedOut,
            { Result.Outcome: Model.Outcome.Cancelled } => ExecutionStatus.Cancelled,
            { Result.Outcome: Model.Outcome.Lost } => ExecutionStatus.Lost,
            _ => ExecutionStatus.Failed,
        };
    }
}
