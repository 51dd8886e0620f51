using Carillon.Model;
using Carillon.Model.Configuration;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.history</c>.</summary>
public sealed class HistoryRetentionOptions
{
    /// <summary>How long executions are kept. Default: 30 days; 1 hour to 10 years.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How much of what an attempt prints is kept: half from its beginning, half from its end. Default: 64 KiB; 0 to
    /// 1 MiB.
    /// </summary>
    [ByteSize]
    public int OutputLimit { get; set; } = JobOutput.DefaultLimit;
}
