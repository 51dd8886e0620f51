using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What series belong to: an operation, or the metric family of an instrument.</summary>
/// <param name="Kind">How parts of it are put together.</param>
/// <param name="Name">The operation or the family.</param>
public readonly record struct SeriesName(MetricKind Kind, string Name)
{
    /// <summary>The family that tells what was not counted.</summary>
    internal static readonly SeriesName Dropped = new(MetricKind.Counter, "scheduler_metrics_dropped_total");

    /// <summary>The shard that keeps its series.</summary>
    public int ShardOf(int shardCount)
    {
        return ShardHash.Of(Name, shardCount);
    }
}
