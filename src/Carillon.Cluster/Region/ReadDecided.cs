using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>Asks a shard's aggregator how far decisions about the occurrences of its jobs are recorded.</summary>
/// <param name="ReplyTo">Who gets the answer.</param>
public sealed record ReadDecided(IActorRef<DecidedOccurrences> ReplyTo);
