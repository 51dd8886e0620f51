using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Runs a job once, now.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="Payload">JSON for this run, or null for the job's own.</param>
/// <param name="IdempotencyKey">A second trigger with it answers with the first one's execution; or null.</param>
public sealed record TriggerJob(string JobId, IActorRef<JobReply> ReplyTo, string? Payload, string? IdempotencyKey) : JobCommand(JobId, ReplyTo);
