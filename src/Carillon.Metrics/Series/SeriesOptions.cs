namespace Carillon.Metrics;

/// <summary>How a shard keeps operations and instruments.</summary>
public sealed record SeriesOptions
{
    /// <summary>How many sets of labels each of them has; later ones share one. Default: 2,000.</summary>
    public int MaxLabelSets { get; init; } = 2_000;

    /// <summary>How many of them a shard keeps; what is recorded of others is counted as dropped. Default: 1,000.</summary>
    public int MaxNames { get; init; } = 1_000;

    /// <summary>How often a shard looks for minutes that have ended and for nodes that have died. Default: 2 s.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(2);
}
