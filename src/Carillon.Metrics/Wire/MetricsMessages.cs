using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>What this library lets travel between nodes.</summary>
public static class MetricsMessages
{
    /// <summary>What the aggregators of a shard take from other nodes.</summary>
    public static IReadOnlyList<Type> ToShard { get; } =
    [
        typeof(GatherHistory),
        typeof(GatherSeries),
        typeof(MergeDelta),
        typeof(ReadJobRollups),
        typeof(ReadJobStatistics),
        typeof(ReadOperation),
        typeof(ReadRollups),
    ];

    /// <summary>All of it.</summary>
    public static WireList Wire { get; } = new()
    {
        Types =
        [
            .. ToShard,
            typeof(DeltaMerged),
            typeof(JobStatisticsRead),
            typeof(OperationRead),
            typeof(ShardHistoryPart),
            typeof(ShardSeriesPart),
            typeof(UnsavedRollups),
        ],
        Bulk = [typeof(MergeDelta), typeof(OperationRead), typeof(ShardHistoryPart), typeof(ShardSeriesPart), typeof(UnsavedRollups)],
        Converters =
        [
            new HistogramConverter(),
            new HistoryPartConverter(),
            new JobStatisticsConverter(),
            new OperationStatisticsConverter(),
            new SeriesDeltasConverter(),
        ],
    };
}
