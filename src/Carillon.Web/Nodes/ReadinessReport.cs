namespace Carillon.Web;

/// <summary>Whether a node can work, in words only.</summary>
internal sealed record ReadinessReport(HealthStatus Status, IReadOnlyDictionary<string, HealthStatus> Dependencies);
