namespace Carillon.Metrics;

/// <summary>The whole cluster in the JSON document, deleted jobs included. Durations are seconds.</summary>
public sealed record MetricsSummary
{
    /// <summary>Since the statistics began: the first start or the last reset.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>Executions that succeeded or failed.</summary>
    public required long TotalExecutions { get; init; }

    /// <summary>Executions that succeeded.</summary>
    public required long SuccessfulExecutions { get; init; }

    /// <summary>Executions that failed, timed out or were lost.</summary>
    public required long FailedExecutions { get; init; }

    /// <summary>From 0 to 1; null before the first run.</summary>
    public required double? SuccessRate { get; init; }

    /// <summary>The sum of all durations.</summary>
    public required double TotalDuration { get; init; }

    /// <summary>The mean of all durations; 0 before the first.</summary>
    public required double AverageDuration { get; init; }

    /// <summary><see cref="TotalExecutions"/> ÷ <see cref="UptimeSeconds"/>.</summary>
    public required double ExecutionsPerSecond { get; init; }

    /// <summary>Renders the totals of a snapshot.</summary>
    public static MetricsSummary Of(ClusterSnapshot snapshot)
    {
        var totals = snapshot.Totals;
        return new MetricsSummary
        {
            UptimeSeconds = snapshot.Facts.Uptime.TotalSeconds,
            TotalExecutions = totals.Outcomes.TotalRuns,
            SuccessfulExecutions = totals.Outcomes.Succeeded,
            FailedExecutions = totals.Outcomes.Failure,
            SuccessRate = totals.Outcomes.SuccessRate,
            TotalDuration = totals.DurationMicroseconds / 1_000_000.0,
            AverageDuration = totals.AverageMicroseconds / 1_000_000,
            ExecutionsPerSecond = snapshot.ExecutionsPerSecond,
        };
    }
}
