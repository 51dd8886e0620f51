using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One shard's share of the operations and instruments of the cluster. Immutable.</summary>
public sealed record ShardSeriesPart
{
    /// <summary>The shard, and the term of the owner that answers.</summary>
    public required ShardTerm Term { get; init; }

    /// <summary>The generation of the statistics that the figures belong to.</summary>
    public long Generation { get; init; }

    /// <summary>Every operation and set of labels, in no particular order.</summary>
    public IReadOnlyList<OperationSeries> Operations { get; init; } = [];

    /// <summary>Every instrument and set of labels, in no particular order.</summary>
    public IReadOnlyList<InstrumentSeries> Instruments { get; init; } = [];

    /// <summary>What was not counted, by reason.</summary>
    public IReadOnlyList<NamedCount> Dropped { get; init; } = [];

    /// <summary>Shards that changed their owner, by reason.</summary>
    public IReadOnlyList<NamedCount> Takeovers { get; init; } = [];

    /// <summary>Writes of ended terms that the store refused.</summary>
    public long FencedWrites { get; init; }
}
