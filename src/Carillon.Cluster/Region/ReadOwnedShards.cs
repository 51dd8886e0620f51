using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>Asks the <see cref="ShardRegion"/> for the shards it has open.</summary>
/// <param name="ReplyTo">Who gets them.</param>
public sealed record ReadOwnedShards(IActorRef<OwnedShards> ReplyTo);
