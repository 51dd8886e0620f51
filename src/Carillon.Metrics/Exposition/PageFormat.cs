namespace Carillon.Metrics;

/// <summary>The forms in which a page of metrics can be had.</summary>
public enum PageFormat
{
    /// <summary>The Prometheus text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.</summary>
    OpenMetrics,
}
