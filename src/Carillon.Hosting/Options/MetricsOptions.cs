namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>How many of the newest durations of a job percentiles are taken over. Default: 1,000; 10 to 100,000.</summary>
    public int Window { get; set; } = 1_000;

    /// <summary>Where metrics are sent.</summary>
    public ExportOptions Export { get; set; } = new();
}
