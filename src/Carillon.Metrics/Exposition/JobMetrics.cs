namespace Carillon.Metrics;

/// <summary>One job in the JSON document. Durations are milliseconds with the microseconds as fraction.</summary>
public sealed record JobMetrics
{
    /// <summary>The job's id.</summary>
    public required string JobId { get; init; }

    /// <summary>What people call it.</summary>
    public required string JobName { get; init; }

    /// <summary>Who answers for it, or null.</summary>
    public required string? Owner { get; init; }

    /// <summary>The group it belongs to, or null.</summary>
    public required string? Category { get; init; }

    /// <summary>Executions that succeeded.</summary>
    public required long SuccessCount { get; init; }

    /// <summary>Executions that failed, timed out or were lost.</summary>
    public required long FailureCount { get; init; }

    /// <summary>The sum of the two.</summary>
    public required long TotalRuns { get; init; }

    /// <summary>From 0 to 1; null before the first run.</summary>
    public required double? SuccessRate { get; init; }

    /// <summary>Started attempts beyond the first of their execution.</summary>
    public required long RetryCount { get; init; }

    /// <summary>Of the newest finished attempt that ran; 0 before the first.</summary>
    public required double LastDurationMs { get; init; }

    /// <summary>The mean over all finished attempts; 0 before the first.</summary>
    public required double AvgDurationMs { get; init; }

    /// <summary>The sum over all finished attempts.</summary>
    public required double TotalDurationMs { get; init; }

    /// <summary>The median of the window; 0 while it is empty.</summary>
    public required double P50DurationMs { get; init; }

    /// <summary>The 95th percentile of the window; 0 while it is empty.</summary>
    public required double P95DurationMs { get; init; }

    /// <summary>The 99th percentile of the window; 0 while it is empty.</summary>
    public required double P99DurationMs { get; init; }

    /// <summary>The shortest of the window; 0 while it is empty.</summary>
    public required double MinDurationMs { get; init; }

    /// <summary>The longest of the window; 0 while it is empty.</summary>
    public required double MaxDurationMs { get; init; }

    /// <summary>How many durations the window holds.</summary>
    public required int SampleCount { get; init; }

    /// <summary>How the newest attempt ended: success, failure or another outcome; null before the first.</summary>
    public required string? LastStatus { get; init; }

    /// <summary>When the newest attempt ended, UTC; null before the first.</summary>
    public required DateTime? LastTimestamp { get; init; }

    /// <summary>What went wrong in the newest attempt, or null.</summary>
    public required string? LastError { get; init; }

    /// <summary>Executions that failed since the last one that succeeded.</summary>
    public required long ConsecutiveFailures { get; init; }

    /// <summary>Attempts that run now.</summary>
    public required long Running { get; init; }

    /// <summary>When it is due next, UTC; null when nothing is planned.</summary>
    public required DateTime? NextRunAt { get; init; }

    /// <summary>Renders the figures of a job.</summary>
    public static JobMetrics Of(JobStatistics job)
    {
        var counts = job.Counts;
        var window = job.Window;
        return new JobMetrics
        {
            JobId = job.JobId,
            JobName = job.JobName,
            Owner = job.Owner,
            Category = job.Category,
            SuccessCount = counts.Outcomes.Succeeded,
            FailureCount = counts.Outcomes.Failure,
            TotalRuns = counts.Outcomes.TotalRuns,
            SuccessRate = counts.Outcomes.SuccessRate,
            RetryCount = counts.Retries,
            LastDurationMs = Milliseconds(job.LastDurationMicroseconds ?? 0),
            AvgDurationMs = Milliseconds(counts.AverageMicroseconds),
            TotalDurationMs = Milliseconds(counts.DurationMicroseconds),
            P50DurationMs = Milliseconds(window.P50),
            P95DurationMs = Milliseconds(window.P95),
            P99DurationMs = Milliseconds(window.P99),
            MinDurationMs = Milliseconds(window.Min),
            MaxDurationMs = Milliseconds(window.Max),
            SampleCount = window.Count,
            LastStatus = job.LastOutcome is { } outcome ? Words.StatusOf(outcome) : null,
            LastTimestamp = job.LastFinishedAt?.UtcDateTime,
            LastError = job.LastError,
            ConsecutiveFailures = job.ConsecutiveFailures,
            Running = counts.Running,
            NextRunAt = job.NextRunAt?.UtcDateTime,
        };
    }

    private static double Milliseconds(double microseconds)
    {
        return microseconds / 1_000;
    }
}
