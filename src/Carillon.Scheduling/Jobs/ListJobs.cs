using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Asks a shard's scheduler for its jobs. The answer is not older than any change that was answered before.</summary>
/// <param name="ReplyTo">Who gets them.</param>
public sealed record ListJobs(IActorRef<JobList> ReplyTo);
