using System.Collections.Immutable;
using System.Globalization;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The families of the host app's own instruments.</summary>
internal static class InstrumentFamilies
{
    /// <summary>Writes all families.</summary>
    public static void Write(PageWriter page, IReadOnlyList<IReadOnlyList<InstrumentSeries>> families)
    {
        foreach (var series in families)
        {
            var family = FamilyOf(series[0]);
            page.Begin(family);
            var names = OperationGroup.NamesOf(series.Select(static s => s.Labels));
            foreach (var one in series)
            {
                Write(page, family, one, [.. OperationGroup.LabelsOf(one.Labels, names)]);
            }
        }
    }

    private static void Write(
        PageWriter page, MetricFamily family, InstrumentSeries series, ReadOnlySpan<(string Name, string Value)> labels)
    {
        switch (series.Name.Kind)
        {
            case MetricKind.Gauge:
                foreach (var (node, value) in series.Nodes)
                {
                    page.Sample(family, LabelText.Of([("node", node), .. labels]), ValueOf(series.Shape, value));
                }

                break;
            case MetricKind.UpDownCounter:
                var sum = series.Nodes.Sum(static node => node.Value);
                page.Sample(family, LabelText.Of(labels), ValueOf(series.Shape, sum));
                break;
            case MetricKind.Histogram:
                var text = LabelText.Of(labels);
                page.Histogram(
                    family, text, series.Counts.AsSpan(), TailsOf(series.Shape.Bounds, text.Length > 0), ValueOf(series.Shape, series.Value));
                break;
            default:
                page.Sample(family, LabelText.Of(labels), ValueOf(series.Shape, series.Value));
                break;
        }
    }

    private static SampleValue ValueOf(InstrumentShape shape, long value)
    {
        return shape.IsWhole ? SampleValue.Whole(value) : SampleValue.Seconds(value); // both are millionths
    }

    private static MetricFamily FamilyOf(InstrumentSeries series)
    {
        return series.Name.Kind switch
        {
            MetricKind.Counter => MetricFamily.Counter(series.Name.Name, series.Shape.Help),
            MetricKind.Histogram => MetricFamily.Histogram(series.Name.Name, series.Shape.Help),
            _ => MetricFamily.Gauge(series.Name.Name, series.Shape.Help),
        };
    }

    /// <summary>The last label of each bucket and the end of the labels.</summary>
    private static byte[][] TailsOf(ImmutableArray<double> bounds, bool hasLabels)
    {
        return [.. bounds.Select(Text).Append("+Inf").Select(bound => hasLabels ? PageWriter.Tail("le", bound) : PageWriter.Tail("le", bound)[1..])];
    }

    private static string Text(double bound)
    {
        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }
}
