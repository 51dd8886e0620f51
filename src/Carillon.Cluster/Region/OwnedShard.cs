using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>An open shard of this node.</summary>
/// <param name="Term">Its term.</param>
/// <param name="History">Its aggregator.</param>
/// <param name="Jobs">Its scheduler.</param>
public sealed record OwnedShard(ShardTerm Term, IActorRef<object> History, IActorRef<object> Jobs);
