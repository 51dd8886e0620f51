using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Tells a shard's scheduler to start nothing new and to answer when nothing of it is on its way any more.</summary>
/// <param name="ReplyTo">Who is told.</param>
public sealed record DrainJobs(IActorRef<JobsDrained> ReplyTo);
