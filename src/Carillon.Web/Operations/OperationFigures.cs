using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>The figures of an operation.</summary>
internal record OperationFigures : DurationFigures
{
    public OperationFigures(OperationTotals totals)
        : base(totals.Durations)
    {
        Calls = totals.Calls;
        SuccessCount = totals.Successes;
        FailureCount = totals.Failures;
        SuccessRate = totals.Calls == 0 ? null : (double)totals.Successes / totals.Calls;
        ErrorTypes = totals.FailuresByType.OrderByDescending(static f => f.Count)
            .ToDictionary(static f => f.Name, static f => f.Count, StringComparer.Ordinal);
        RetryCount = totals.Retries;
        HighestAttempt = totals.HighestAttempt;
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
}
