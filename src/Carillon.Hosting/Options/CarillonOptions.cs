using Carillon.Web;

namespace Carillon.Hosting;

/// <summary>Every setting of a node: the keys under <c>carillon</c> in configuration, with their defaults.</summary>
public sealed class CarillonOptions
{
    /// <summary>The node itself.</summary>
    public NodeOptions Node { get; set; } = new();

    /// <summary>The cluster it belongs to.</summary>
    public ClusterOptions Cluster { get; set; } = new();

    /// <summary>Where everything is recorded.</summary>
    public StoreOptions Store { get; set; } = new();

    /// <summary>How much runs at once.</summary>
    public WorkersOptions Workers { get; set; } = new();

    /// <summary>What is counted.</summary>
    public MetricsOptions Metrics { get; set; } = new();

    /// <summary>How long history is kept.</summary>
    public HistoryRetentionOptions History { get; set; } = new();

    /// <summary>When jobs that name them do not run, by name.</summary>
    public IDictionary<string, CalendarOptions> Calendars { get; set; } =
        new Dictionary<string, CalendarOptions>(StringComparer.Ordinal);

    /// <summary>Who may do what.</summary>
    public SecurityOptions Security { get; set; } = new();

    /// <summary>What is logged, and how.</summary>
    public LoggingOptions Logging { get; set; } = new();

    /// <summary>The jobs this node declares.</summary>
    public IList<JobOptions> Jobs { get; set; } = [];
}
