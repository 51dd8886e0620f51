using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>What can be asked of a job. Each command is answered with a <see cref="JobReply"/>.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
public abstract record JobCommand(string JobId, IActorRef<JobReply> ReplyTo);
