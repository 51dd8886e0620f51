namespace Carillon.Web;

/// <summary>Whether a node can work.</summary>
/// <param name="Status">The worst status of its dependencies.</param>
/// <param name="Node">The node.</param>
/// <param name="Version">Its version.</param>
/// <param name="CheckedAt">When it was looked at.</param>
/// <param name="Dependencies">Each thing it needs: database, lease, shards; and operations.</param>
internal sealed record HealthReport(
    HealthStatus Status,
    string Node,
    string Version,
    DateTimeOffset CheckedAt,
    IReadOnlyDictionary<string, DependencyHealth> Dependencies);
