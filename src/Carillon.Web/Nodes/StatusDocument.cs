using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>The scheduler at a glance.</summary>
internal sealed record StatusDocument
{
    public required bool Running { get; init; }

    /// <summary>Why nothing starts, or null.</summary>
    public Pause? Pause { get; init; }

    public required string Node { get; init; }

    public required string Cluster { get; init; }

    public required string Store { get; init; }

    public required string Version { get; init; }

    public required double UptimeSeconds { get; init; }

    public required JobCounts Jobs { get; init; }

    public required long QueueSize { get; init; }

    public required int ActiveWorkers { get; init; }

    public required int MaxWorkers { get; init; }

    public required MetricsSummary Summary { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}
