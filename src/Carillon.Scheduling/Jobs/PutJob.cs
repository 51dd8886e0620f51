using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Creates a job or changes it, as <paramref name="Mode"/> says.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="Definition">The whole definition, valid.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Mode">What to do when the job exists, or does not.</param>
public sealed record PutJob(string JobId, IActorRef<JobReply> ReplyTo, JobDefinition Definition, JobSource Source, PutMode Mode)
    : JobCommand(JobId, ReplyTo);
