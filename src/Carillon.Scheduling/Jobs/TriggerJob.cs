using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Runs a job once, now or at an instant to come.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="Payload">JSON for this run, or null for the job's own.</param>
/// <param name="IdempotencyKey">A second trigger with it answers with the first one's execution; or null.</param>
/// <param name="DueAt">When; null, or an instant that has passed, for now.</param>
/// <param name="TraceParent">The W3C <c>traceparent</c> of the span that asks, or null.</param>
public sealed record TriggerJob(
    string JobId,
    IActorRef<JobReply> ReplyTo,
    string? Payload,
    string? IdempotencyKey,
    DateTimeOffset? DueAt = null,
    string? TraceParent = null)
    : JobCommand(JobId, ReplyTo);
