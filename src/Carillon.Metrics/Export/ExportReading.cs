namespace Carillon.Metrics;

/// <summary>
/// What one node exports: the shards that it owns, and itself. Nothing in it is exported by another node too.
/// </summary>
public sealed record ExportReading
{
    /// <summary>When it was read.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The node's stable name.</summary>
    public required string Node { get; init; }

    /// <summary>The parts of the shards that the node owns.</summary>
    public required IReadOnlyList<ShardHistoryPart> Shards { get; init; }

    /// <summary>The queues of the node's worker.</summary>
    public IReadOnlyList<QueueFacts> Queues { get; init; } = [];

    /// <summary>Slots of the worker that run something.</summary>
    public int ActiveSlots { get; init; }

    /// <summary>Slots of the worker that are free.</summary>
    public int IdleSlots { get; init; }

    /// <summary>The node's clock minus the store's.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Processor time that the process has used.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Memory of the process that is in RAM.</summary>
    public long MemoryBytes { get; init; }
}
