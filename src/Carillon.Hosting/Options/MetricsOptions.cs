namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>
    /// Whether operations and the app's own meters are recorded. Jobs always are. Default: yes.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many of the newest durations of a job percentiles are taken over. Default: 1,000; 10 to 100,000.</summary>
    public int Window { get; set; } = 1_000;

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
