namespace Carillon.Web;

/// <summary>What is recorded, and where it can be had.</summary>
/// <param name="Enabled">Whether the statistics of jobs are shown, and operations recorded.</param>
/// <param name="Endpoint">The path of the Prometheus page, from the root of this server.</param>
/// <param name="Since">Since when they count.</param>
/// <param name="Families">The metric families of the page, in its order.</param>
internal sealed record MetricsOverview(
    bool Enabled, string Endpoint, DateTimeOffset Since, IReadOnlyList<FamilyDocument> Families);
