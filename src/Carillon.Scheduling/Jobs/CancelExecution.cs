using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>
/// Ends an execution that is open. One that waits ends without a start; the code of one that runs is told, and what it
/// does then, other than to succeed, is recorded as cancelled. No attempt follows.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="ScheduledAt">The occurrence.</param>
/// <param name="Reason">Recorded with the outcome.</param>
public sealed record CancelExecution(
    string JobId, IActorRef<JobReply> ReplyTo, DateTimeOffset ScheduledAt, string Reason) : JobCommand(JobId, ReplyTo);
