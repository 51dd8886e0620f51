using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>How the two actors of a shard are made. The libraries above this one bring them.</summary>
/// <param name="History">Makes the shard's aggregator.</param>
/// <param name="Jobs">Makes the shard's scheduler; it is given the aggregator.</param>
/// <param name="JobsOptions">The options under which the scheduler is spawned.</param>
public sealed record ShardBlueprint(
    Func<ShardRecovery, IActorRef<Append>, Actor<object>> History,
    Func<ShardRecovery, IActorRef<Append>, IActorRef<object>, Actor<object>> Jobs,
    ActorOptions JobsOptions);
