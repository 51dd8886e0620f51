namespace Carillon.Cluster;

/// <summary>The open shards of this node.</summary>
/// <param name="Shards">In no particular order.</param>
/// <param name="ShardCount">How many shards the cluster has; 0 before the first reading.</param>
/// <param name="IsOpening">Whether shards that this node has taken are still being read.</param>
public sealed record OwnedShards(IReadOnlyList<OwnedShard> Shards, int ShardCount, bool IsOpening = false)
{
    /// <summary>Every shard row, as last read.</summary>
    public IReadOnlyList<ShardRow> Rows { get; init; } = [];

    /// <summary>Whether this node answers for every shard.</summary>
    public bool IsComplete => ShardCount > 0 && Shards.Count == ShardCount;
}
