using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>One shard's share of the cluster's statistics at one moment. Immutable.</summary>
public sealed record ShardHistoryPart
{
    /// <summary>The shard, and the term of the owner that answers.</summary>
    public required ShardTerm Term { get; init; }

    /// <summary>The generation of the statistics that the figures belong to.</summary>
    public required long Generation { get; init; }

    /// <summary>One entry for each job of the shard with series of its own, in no particular order.</summary>
    public required IReadOnlyList<JobStatistics> Jobs { get; init; }

    /// <summary>One entry for each job that shares series; empty unless every job was asked for.</summary>
    public IReadOnlyList<JobStatistics> Sharing { get; init; } = [];

    /// <summary>What the jobs that share series have counted together, deleted ones included.</summary>
    public SharedFigures Shared { get; init; } = SharedFigures.None;

    /// <summary>
    /// What deleted jobs with series of their own left behind. The shard's totals are this, the counts of
    /// <see cref="Jobs"/> and <see cref="Shared"/>.
    /// </summary>
    public required ExecutionCounts Retired { get; init; }

    /// <summary>The durations of those deleted jobs.</summary>
    public HistogramValues RetiredDurations { get; init; } = HistogramValues.Empty;

    /// <summary>How late attempts started, each category and cause once; absent ones are zero.</summary>
    public required IReadOnlyList<StartLag> StartLags { get; init; }
}
