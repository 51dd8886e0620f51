using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>Durations in milliseconds. Percentiles are within 1 % of the order statistic; all are 0 where there is none.</summary>
internal sealed record QuantileDocument
{
    /// <summary>Tells what a sketch holds.</summary>
    public QuantileDocument(DurationSketch sketch)
    {
        Count = sketch.Count;
        AvgMs = Milliseconds(sketch.Average);
        MinMs = Milliseconds(sketch.Min);
        MaxMs = Milliseconds(sketch.Max);
        P50Ms = Milliseconds(sketch.Quantile(0.50));
        P90Ms = Milliseconds(sketch.Quantile(0.90));
        P95Ms = Milliseconds(sketch.Quantile(0.95));
        P99Ms = Milliseconds(sketch.Quantile(0.99));
    }

    public long Count { get; }

    public double AvgMs { get; }

    public double MinMs { get; }

    public double MaxMs { get; }

    public double P50Ms { get; }

    public double P90Ms { get; }

    public double P95Ms { get; }

    public double P99Ms { get; }

    /// <summary>Microseconds as milliseconds.</summary>
    internal static double Milliseconds(double microseconds)
    {
        return microseconds / 1_000;
    }
}
