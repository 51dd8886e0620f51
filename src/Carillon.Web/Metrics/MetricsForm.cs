namespace Carillon.Web;

/// <summary>The forms in which the statistics can be had, the preferred one of several that are weighed alike first.</summary>
internal enum MetricsForm
{
    /// <summary>The Prometheus text format.</summary>
    Text,

    /// <summary>The document of the API.</summary>
    Json,

    /// <summary>OpenMetrics.</summary>
    OpenMetrics,
}
