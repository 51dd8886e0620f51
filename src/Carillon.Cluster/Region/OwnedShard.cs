using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>An open shard of this node.</summary>
/// <param name="Term">Its term.</param>
/// <param name="History">Its aggregator.</param>
/// <param name="Jobs">Its scheduler.</param>
/// <param name="Series">Its aggregator of operations and instruments.</param>
public sealed record OwnedShard(
    ShardTerm Term, IActorRef<object> History, IActorRef<object> Jobs, IActorRef<object> Series);
