using Carillon.Web;

namespace Carillon.Hosting;

/// <summary>
/// The keys under <c>carillon.metrics.health</c>: an operation beyond one of them, over the last whole minute and the
/// one that runs, makes the health degraded.
/// </summary>
public sealed class OperationHealthOptions
{
    /// <summary>The largest share of calls that fail with one kind of error. Default: 0.05; 0 to 1.</summary>
    public double ErrorRate { get; set; } = 0.05;

    /// <summary>The longest 95th percentile of how long calls take. Default: 5 s; 1 ms to 7 days.</summary>
    public TimeSpan P95 { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The smallest share of calls that succeed. Default: 0.95; 0 to 1.</summary>
    public double SuccessRate { get; set; } = 0.95;

    internal OperationThresholds ToThresholds()
    {
        return new OperationThresholds { ErrorRate = ErrorRate, P95 = P95, SuccessRate = SuccessRate };
    }
}
