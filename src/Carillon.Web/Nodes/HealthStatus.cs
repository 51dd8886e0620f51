namespace Carillon.Web;

/// <summary>Whether something works.</summary>
internal enum HealthStatus
{
    /// <summary>It works.</summary>
    Healthy,

    /// <summary>It works, but slowly or with little time left.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Unhealthy,
}
