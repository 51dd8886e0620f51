using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The figures of one job at one moment. Immutable. Without any run the counts are 0, what was last is null, and the
/// window is empty.
/// </summary>
public sealed record JobStatistics
{
    /// <summary>The job's id.</summary>
    public required string JobId { get; init; }

    /// <summary>What people call it; the id where none is given.</summary>
    public required string JobName { get; init; }

    /// <summary>Who answers for it, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>The group it belongs to, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Occurrences, outcomes, retries and durations since the generation began.</summary>
    public ExecutionCounts Counts { get; init; }

    /// <summary>Every duration since the generation began, by bucket.</summary>
    public HistogramValues Durations { get; init; } = HistogramValues.Empty;

    /// <summary>The newest durations.</summary>
    public WindowValues Window { get; init; }

    /// <summary>How the newest attempt ended, or null before the first one.</summary>
    public Outcome? LastOutcome { get; init; }

    /// <summary>When the newest attempt ended, or null before the first one.</summary>
    public DateTimeOffset? LastFinishedAt { get; init; }

    /// <summary>The newest duration in microseconds, or null before the first one.</summary>
    public long? LastDurationMicroseconds { get; init; }

    /// <summary>What went wrong in the newest attempt, or null when nothing did.</summary>
    public string? LastError { get; init; }

    /// <summary>When an execution last succeeded, or null.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>Executions that failed since the last one that succeeded.</summary>
    public long ConsecutiveFailures { get; init; }

    /// <summary>The last occurrence of the schedule about which a decision is recorded, or null.</summary>
    public DateTimeOffset? PlannedThrough { get; init; }

    /// <summary>When it is due next, or null when nothing is planned.</summary>
    public DateTimeOffset? NextRunAt { get; init; }
}
