using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>What one node tells about itself and its worker.</summary>
public sealed record NodeFacts
{
    /// <summary>The node's stable name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in the cluster.</summary>
    public NodeStatus Status { get; init; } = NodeStatus.Up;

    /// <summary>How old what is known about it is.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Slots that run something.</summary>
    public int ActiveSlots { get; init; }

    /// <summary>Slots that are free.</summary>
    public int IdleSlots { get; init; }

    /// <summary>Its clock minus the store's, as last measured; null before that.</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>How long its lease still lasts; null when it holds none.</summary>
    public TimeSpan? LeaseHeadroom { get; init; }
}
