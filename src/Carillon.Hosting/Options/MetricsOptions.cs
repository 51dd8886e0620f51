using Carillon.Metrics;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>
    /// Whether the statistics of jobs are shown at the metrics endpoints; they are kept in any case. And whether operations
    /// and the app's own meters are recorded. Default: true.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many of the newest durations of a job percentiles are taken over. Default: 1,000; 10 to 100,000.</summary>
    public int Window { get; set; } = 1_000;

    /// <summary>
    /// How many jobs have series of their own; those created beyond it share the series of <c>_other</c>. Default: 10,000;
    /// 0 to 1,000,000.
    /// </summary>
    public int MaxJobs { get; set; } = 10_000;

    /// <summary>Other names under which pages tell some figures, too: chronflow, celery. Default: none.</summary>
    public IList<LegacyNames> LegacyNames { get; set; } = [];

    /// <summary>Where metrics are sent.</summary>
    public ExportOptions Export { get; set; } = new();

    /// <summary>
    /// The meters of the app (<c>System.Diagnostics.Metrics</c>) whose instruments are on the page, by name; <c>*</c> stands
    /// for any characters. Default: none.
    /// </summary>
    public IList<string> Meters { get; set; } = [];

    /// <summary>
    /// How many combinations of labels an operation or instrument has; later ones share <c>_other</c>. Default: 2,000;
    /// 1 to 100,000.
    /// </summary>
    public int MaxLabelSets { get; set; } = 2_000;

    /// <summary>When operations make the health of a node degraded.</summary>
    public OperationHealthOptions Health { get; set; } = new();
}
