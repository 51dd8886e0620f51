using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>One flush of a node: the events of all its shards that have something to record.</summary>
/// <param name="Owner">The incarnation that claims to own the terms.</param>
/// <param name="Terms">The terms that occur in <paramref name="Events"/>, each shard once.</param>
/// <param name="Events">In the order in which they were numbered; at most one event for each row that an event replaces.</param>
public sealed record AppendBatch(Guid Owner, IReadOnlyList<ShardTerm> Terms, IReadOnlyList<ShardEvent> Events);
