using Carillon.Model;
using Carillon.Model.Configuration;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.history</c>.</summary>
public sealed class HistoryRetentionOptions
{
    /// <summary>How long executions are kept. Default: 30 days; 1 hour to 10 years.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long figures per minute are kept; older periods are told by the hour. Default: 7 days; 1 hour to 10 years.
    /// </summary>
    public TimeSpan RollupMinuteRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long figures per hour are kept. Default: 400 days; 1 hour to 10 years.</summary>
    public TimeSpan RollupHourRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// How much of what an attempt prints is kept: half from its beginning, half from its end. Default: 64 KiB; 0 to
    /// 1 MiB.
    /// </summary>
    [ByteSize]
    public int OutputLimit { get; set; } = JobOutput.DefaultLimit;

    /// <summary>How long everything is kept.</summary>
    internal Carillon.Cluster.Retention Times => new(Retention, RollupMinuteRetention, RollupHourRetention);
}
