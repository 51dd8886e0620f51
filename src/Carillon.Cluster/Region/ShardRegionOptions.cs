namespace Carillon.Cluster;

/// <summary>How a node takes and holds shards.</summary>
public sealed record ShardRegionOptions
{
    /// <summary>How often ownership is compared with what it should be. Default: 500 ms.</summary>
    public TimeSpan ReconcileInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Counts what is taken, and what the store refuses.</summary>
    public OwnershipCounts Counts { get; init; } = new();

    /// <summary>How the writer gathers appends.</summary>
    public ShardWriterOptions Writer { get; init; } = new();
}
