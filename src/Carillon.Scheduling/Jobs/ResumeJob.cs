using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Lets the schedule of a job go on. Resuming a job that is not paused changes nothing.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
public sealed record ResumeJob(string JobId, IActorRef<JobReply> ReplyTo) : JobCommand(JobId, ReplyTo);
