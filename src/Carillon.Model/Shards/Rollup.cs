namespace Carillon.Model;

/// <summary>
/// The figures of one job in one minute or hour, or a part of them: what an owner folded without a break. Several parts
/// of the same time add up; a part is named by the first fact folded into it, and a later form replaces an earlier one.
/// </summary>
public sealed record Rollup
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Minute or hour.</summary>
    public required RollupSpan Span { get; init; }

    /// <summary>When the minute or hour begins, UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The number of the first fact folded in.</summary>
    public required long FirstNo { get; init; }

    /// <summary>The number of the last fact folded in: of two forms of a part, the larger one is the newer.</summary>
    public required long ThroughNo { get; init; }

    /// <summary>The job's category; <c>unknown</c> for a job without one.</summary>
    public required string Category { get; init; }

    /// <summary>The job's queue.</summary>
    public required string Queue { get; init; }

    /// <summary>
    /// What ended in this time. A stretch of occurrences that did not run counts at its first occurrence.
    /// </summary>
    public OutcomeCounts Ended { get; init; }

    /// <summary>Attempts beyond the first of their execution that started in this time.</summary>
    public long Retries { get; init; }

    /// <summary>Attempts that ended in this time and have a duration.</summary>
    public long Durations { get; init; }

    /// <summary>The sum of these durations, in microseconds.</summary>
    public long DurationMicroseconds { get; init; }

    /// <summary>All figures in their own format.</summary>
    public ReadOnlyMemory<byte> State { get; init; }
}
