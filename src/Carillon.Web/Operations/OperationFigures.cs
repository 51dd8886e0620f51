using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>The figures of an operation. Durations are milliseconds; quantiles come from a sketch, within 1 %.</summary>
internal record OperationFigures
{
    public OperationFigures(OperationTotals totals)
    {
        var durations = new QuantileDocument(totals.Durations);
        Calls = totals.Calls;
        SuccessCount = totals.Successes;
        FailureCount = totals.Failures;
        SuccessRate = totals.Calls == 0 ? null : (double)totals.Successes / totals.Calls;
        ErrorTypes = totals.FailuresByType.OrderByDescending(static f => f.Count)
            .ToDictionary(static f => f.Name, static f => f.Count, StringComparer.Ordinal);
        RetryCount = totals.Retries;
        HighestAttempt = totals.HighestAttempt;
        SampleCount = durations.Count;
        TotalDurationMs = QuantileDocument.Milliseconds(totals.Durations.Sum);
        AvgDurationMs = durations.AvgMs;
        MinDurationMs = durations.MinMs;
        MaxDurationMs = durations.MaxMs;
        P50DurationMs = durations.P50Ms;
        P90DurationMs = durations.P90Ms;
        P95DurationMs = durations.P95Ms;
        P99DurationMs = durations.P99Ms;
    }

    /// <summary>Calls whose outcome is known.</summary>
    public long Calls { get; }

    /// <summary>Calls that succeeded.</summary>
    public long SuccessCount { get; }

    /// <summary>Calls that failed.</summary>
    public long FailureCount { get; }

    /// <summary>From 0 to 1; null without a call.</summary>
    public double? SuccessRate { get; }

    /// <summary>Failures by what went wrong, most first.</summary>
    public IReadOnlyDictionary<string, long> ErrorTypes { get; }

    /// <summary>Attempts beyond the first.</summary>
    public long RetryCount { get; }

    /// <summary>The largest attempt told with a retry; 0 without one.</summary>
    public int HighestAttempt { get; }

    /// <summary>How many durations there are.</summary>
    public long SampleCount { get; }

    /// <summary>Their sum.</summary>
    public double TotalDurationMs { get; }

    /// <summary>Their mean.</summary>
    public double AvgDurationMs { get; }

    /// <summary>The shortest.</summary>
    public double MinDurationMs { get; }

    /// <summary>The longest.</summary>
    public double MaxDurationMs { get; }

    /// <summary>The median.</summary>
    public double P50DurationMs { get; }

    /// <summary>The 90th percentile.</summary>
    public double P90DurationMs { get; }

    /// <summary>The 95th percentile.</summary>
    public double P95DurationMs { get; }

    /// <summary>The 99th percentile.</summary>
    public double P99DurationMs { get; }
}
