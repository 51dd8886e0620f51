namespace Carillon.Metrics;

/// <summary>One notification channel in the JSON document.</summary>
public sealed record NotificationMetrics
{
    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary>Notifications that were delivered.</summary>
    public required long SuccessCount { get; init; }

    /// <summary>Notifications that were not.</summary>
    public required long FailureCount { get; init; }

    /// <summary>The mean time of a delivery in milliseconds; 0 before the first.</summary>
    public required double AvgDurationMs { get; init; }

    /// <summary>The 95th percentile of the time of a delivery in milliseconds; 0 before the first.</summary>
    public required double P95DurationMs { get; init; }

    /// <summary>When the newest one was sent, UTC; null before the first.</summary>
    public required DateTime? LastTimestamp { get; init; }
}
