using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>How the three actors of a shard are made. The libraries above this one bring them.</summary>
/// <param name="History">Makes the shard's aggregator.</param>
/// <param name="Jobs">Makes the shard's scheduler; it is given the aggregator.</param>
/// <param name="Series">Makes the shard's aggregator of operations and instruments.</param>
/// <param name="JobsOptions">The options under which the scheduler is spawned.</param>
public sealed record ShardBlueprint(
    Func<ShardRecovery, IActorRef<Append>, Actor<object>> History,
    Func<ShardRecovery, IActorRef<Append>, IActorRef<object>, Actor<object>> Jobs,
    Func<ShardRecovery, IActorRef<Append>, Actor<object>> Series,
    ActorOptions JobsOptions);
