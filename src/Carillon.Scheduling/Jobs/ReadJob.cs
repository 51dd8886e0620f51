using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Reads a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
public sealed record ReadJob(string JobId, IActorRef<JobReply> ReplyTo) : JobCommand(JobId, ReplyTo);
