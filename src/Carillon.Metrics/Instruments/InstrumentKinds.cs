using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What an instrument of <see cref="System.Diagnostics.Metrics"/> is.</summary>
internal static class InstrumentKinds
{
    /// <summary>OpenTelemetry's default bounds, for observations that are no times.</summary>
    private static readonly ImmutableArray<double> Counts =
        [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

    private static readonly ImmutableArray<double> Seconds =
        [.. DurationBuckets.Bounds.Select(static microseconds => microseconds / 1e6)];

    /// <summary>The kind of an instrument, or null when it is none that is known.</summary>
    public static MetricKind? Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : definition == typeof(UpDownCounter<>) || definition == typeof(ObservableUpDownCounter<>) ? MetricKind.UpDownCounter
            : definition == typeof(Gauge<>) || definition == typeof(ObservableGauge<>) ? MetricKind.Gauge
            : definition == typeof(Histogram<>) ? MetricKind.Histogram
            : null;
    }

    /// <summary>Whether its measurements are whole numbers.</summary>
    public static bool IsWhole(Instrument instrument)
    {
        var number = instrument.GetType().GenericTypeArguments[0];
        return number == typeof(long) || number == typeof(int) || number == typeof(short) || number == typeof(byte);
    }

    /// <summary>The bounds of a histogram: those it advises, else those of durations or of counts.</summary>
    public static ImmutableArray<double> Bounds(Instrument instrument, double factor)
    {
        var advised = instrument switch
        {
            Histogram<double> histogram => Advised(histogram),
            Histogram<float> histogram => Advised(histogram),
            Histogram<decimal> histogram => Advised(histogram),
            Histogram<long> histogram => Advised(histogram),
            Histogram<int> histogram => Advised(histogram),
            Histogram<short> histogram => Advised(histogram),
            Histogram<byte> histogram => Advised(histogram),
            _ => [],
        };
        double[] bounds = [.. advised.Select(bound => bound * factor).Where(double.IsFinite).Distinct().Order().Take(InstrumentShape.MaxBounds)];
        return bounds.Length > 0 ? ImmutableArray.Create(bounds)
            : InstrumentNames.Of(MetricKind.Histogram, "x", instrument.Unit).Family is "x_seconds" ? Seconds
            : Counts;
    }

    private static IEnumerable<double> Advised<T>(Histogram<T> histogram)
        where T : struct, IConvertible
    {
        return histogram.Advice?.HistogramBucketBoundaries?.Select(static bound => bound.ToDouble(null)) ?? [];
    }
}
