using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Removes a job; what it has open ends as cancelled.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
public sealed record RemoveJob(string JobId, IActorRef<JobReply> ReplyTo) : JobCommand(JobId, ReplyTo);
