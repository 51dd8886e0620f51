using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What series belong to: an operation, or the metric family of an instrument.</summary>
/// <param name="Kind">How parts of it are put together.</param>
/// <param name="Name">The operation or the family.</param>
public readonly record struct SeriesName(MetricKind Kind, string Name)
{
    /// <summary>The family that tells what was not counted.</summary>
    internal static readonly SeriesName Dropped = new(MetricKind.Counter, "scheduler_metrics_dropped_total");

    /// <summary>The family that tells which shards changed their owner.</summary>
    internal static readonly SeriesName Takeovers = new(MetricKind.Counter, "scheduler_cluster_takeovers_total");

    /// <summary>The family that tells what the store refused.</summary>
    internal static readonly SeriesName FencedWrites = new(MetricKind.Counter, "scheduler_cluster_fenced_writes_total");

    /// <summary>Whether it tells of the cluster itself, and not of what an app records.</summary>
    internal bool IsOwn => this == Dropped || this == Takeovers || this == FencedWrites;

    /// <summary>The shard that keeps its series.</summary>
    public int ShardOf(int shardCount)
    {
        return ShardHash.Of(Name, shardCount);
    }
}
