using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>What one round of the <see cref="Reconciler"/> found and did.</summary>
/// <param name="Taken">The shards that were claimed, to be read and opened.</param>
/// <param name="Lost">Held terms that are over by the rows.</param>
/// <param name="ShardCount">How many shards there are.</param>
public sealed record Reconciled(IReadOnlyList<ShardTerm> Taken, IReadOnlyList<ShardTerm> Lost, int ShardCount);
