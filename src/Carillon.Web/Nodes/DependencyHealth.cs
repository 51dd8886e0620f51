namespace Carillon.Web;

/// <summary>How one thing stands that a node needs.</summary>
/// <param name="Status">Whether it works.</param>
/// <param name="LatencyMs">How long it took to answer.</param>
/// <param name="Detail">What was found.</param>
internal sealed record DependencyHealth(HealthStatus Status, double LatencyMs, string Detail);
