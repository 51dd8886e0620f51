using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>As <see cref="ReadJobRollups"/>, of all jobs of the shard.</summary>
/// <param name="ReplyTo">Who gets them.</param>
public sealed record ReadRollups(IActorRef<UnsavedRollups> ReplyTo);
