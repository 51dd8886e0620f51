namespace Carillon.Web;

/// <summary>That a process answers.</summary>
internal sealed record LivenessReport(HealthStatus Status);
