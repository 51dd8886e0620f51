namespace Carillon.Metrics;

/// <summary>Who sends, and how often.</summary>
/// <param name="Incarnation">The life of the node's process.</param>
/// <param name="Node">The node's name.</param>
/// <param name="ShardCount">How many shards the cluster has.</param>
public sealed record SeriesSenderOptions(Guid Incarnation, string Node, int ShardCount)
{
    /// <summary>How often what was recorded is sent: no more than this is lost with a killed process. Default: 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After how long without an answer a delta is sent again. Default: 2 s.</summary>
    public TimeSpan ResendAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many series one delta holds at most. Default: 2,000.</summary>
    public int MaxSeries { get; init; } = 2_000;
}
