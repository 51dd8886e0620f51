using System.Text.Json;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The statistics of the cluster as JSON: the same snapshot that the Prometheus page renders.</summary>
public sealed record MetricsDocument
{
    /// <summary>How the document is written: snake_case names, times in RFC 3339 UTC, missing values as null.</summary>
    public static readonly JsonSerializerOptions JsonOptions = MakeOptions();

    /// <summary>How many jobs there are.</summary>
    public required int Total { get; init; }

    /// <summary>All jobs together.</summary>
    public required MetricsSummary Summary { get; init; }

    /// <summary>
    /// Each job with series of its own, sorted by id, and those that share series together as
    /// <see cref="JobDefinition.SharedId"/>.
    /// </summary>
    public required IReadOnlyList<JobMetrics> Metrics { get; init; }

    /// <summary>Each notification channel, sorted by name.</summary>
    public required IReadOnlyList<NotificationMetrics> NotificationChannels { get; init; }

    /// <summary>What the document accounts for.</summary>
    public required Completeness Completeness { get; init; }

    /// <summary>Renders a snapshot.</summary>
    public static MetricsDocument Of(ClusterSnapshot snapshot)
    {
        var nodes = snapshot.Facts.Nodes
            .Select(static node => new NodeAge(node.Name, Words.Of(node.Status), node.Age.TotalSeconds));
        return new MetricsDocument
        {
            Total = snapshot.JobCount,
            Summary = MetricsSummary.Of(snapshot),
            Metrics = [.. snapshot.Jobs.Select(JobMetrics.Of)],
            NotificationChannels = [],
            Completeness = new Completeness(snapshot.ShardsKnown, snapshot.Facts.ShardsTotal, [.. nodes]),
        };
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
