using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>
/// What durations come to, in milliseconds. Percentiles come from a sketch, within 1 % of the order statistic; all are 0
/// where there is no duration.
/// </summary>
internal abstract record DurationFigures
{
    /// <summary>Tells what a sketch holds.</summary>
    protected DurationFigures(DurationSketch sketch)
    {
        var durations = new QuantileDocument(sketch);
        SampleCount = durations.Count;
        TotalDurationMs = QuantileDocument.Milliseconds(sketch.Sum);
        AvgDurationMs = durations.AvgMs;
        MinDurationMs = durations.MinMs;
        MaxDurationMs = durations.MaxMs;
        P50DurationMs = durations.P50Ms;
        P90DurationMs = durations.P90Ms;
        P95DurationMs = durations.P95Ms;
        P99DurationMs = durations.P99Ms;
    }

    /// <summary>How many durations there are.</summary>
    public long SampleCount { get; }

    /// <summary>Their sum.</summary>
    public double TotalDurationMs { get; }

    /// <summary>Their mean.</summary>
    public double AvgDurationMs { get; }

    /// <summary>The shortest.</summary>
    public double MinDurationMs { get; }

    /// <summary>The longest.</summary>
    public double MaxDurationMs { get; }

    /// <summary>The median.</summary>
    public double P50DurationMs { get; }

    /// <summary>The 90th percentile.</summary>
    public double P90DurationMs { get; }

    /// <summary>The 95th percentile.</summary>
    public double P95DurationMs { get; }

    /// <summary>The 99th percentile.</summary>
    public double P99DurationMs { get; }
}
