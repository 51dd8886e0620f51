namespace Carillon.Metrics;

/// <summary>
/// What a page tells beside the histories: the cluster about itself. Every counter here must come from a source that
/// is the same for all nodes and never falls.
/// </summary>
public sealed record ClusterFacts
{
    /// <summary>The cluster's name.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The node that makes the page.</summary>
    public required string NodeName { get; init; }

    /// <summary>The version of that node.</summary>
    public required string Version { get; init; }

    /// <summary>The generation of the statistics; every part of the page belongs to it.</summary>
    public long Generation { get; init; }

    /// <summary>Since the generation began: the first start of the cluster, or the last reset.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>How many shards the cluster has.</summary>
    public required int ShardsTotal { get; init; }

    /// <summary>How many of them have an owner.</summary>
    public required int ShardsOwned { get; init; }

    /// <summary>Every node that is known.</summary>
    public IReadOnlyList<NodeFacts> Nodes { get; init; } = [];

    /// <summary>Every queue; several entries of one name are added up.</summary>
    public IReadOnlyList<QueueFacts> Queues { get; init; } = [];

    /// <summary>Occurrences that the audit found to have run twice.</summary>
    public long AuditDuplicates { get; init; }

    /// <summary>Occurrences that the audit found to be passed over.</summary>
    public long AuditMissed { get; init; }
}
