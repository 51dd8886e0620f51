using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One shard's share of the cluster's statistics at one moment. Immutable.</summary>
public sealed record ShardHistoryPart
{
    /// <summary>The shard, and the term of the owner that answers.</summary>
    public required ShardTerm Term { get; init; }

    /// <summary>The generation of the statistics that the figures belong to.</summary>
    public required long Generation { get; init; }

    /// <summary>One entry for each job of the shard, in no particular order.</summary>
    public required IReadOnlyList<JobStatistics> Jobs { get; init; }

    /// <summary>What deleted jobs left behind. The shard's totals are this plus the counts of all jobs.</summary>
    public required ExecutionCounts Retired { get; init; }

    /// <summary>How late attempts started, each category and cause once; absent ones are zero.</summary>
    public required IReadOnlyList<StartLag> StartLags { get; init; }
}
