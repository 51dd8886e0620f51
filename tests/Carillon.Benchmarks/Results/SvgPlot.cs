using System.Globalization;
using System.Net;
using System.Text;

namespace Carillon.Benchmarks.Results;

/// <summary>Draws a result: what is compared as bars, what happened over time as lines, one panel below the other.</summary>
internal sealed class SvgPlot
{
    private const int Width = 760;
    private const int Margin = 16;
    private const int NameWidth = 210;
    private const int ValueWidth = 190;
    private const int BarHeight = 22;
    private const int TitleHeight = 26;
    private const int LineHeight = 110;
    private const int Gap = 18;
    private const int LargestLabel = 90;

    private static readonly string[] Colours = ["#2563eb", "#d97706", "#059669", "#7c3aed"];

    private readonly BenchmarkResult _result;
    private readonly StringBuilder _shapes = new();
    private int _y = Margin;

    private SvgPlot(BenchmarkResult result)
    {
        _result = result;
    }

    /// <summary>The picture, or null of a result that has neither ratios nor a course over time.</summary>
    public static string? Render(BenchmarkResult result)
    {
        var plot = new SvgPlot(result);
        foreach (var metric in result.Ratios.Select(static ratio => ratio.Metric).Distinct(StringComparer.Ordinal))
        {
            plot.AddBars(metric);
        }

        var series = result.Runs.Where(static contender => contender.Value[^1].Series is not null)
            .ToDictionary(static contender => contender.Key, static contender => contender.Value[^1].Series!, StringComparer.Ordinal);
        foreach (var metric in series.Values.SelectMany(static steps => steps).SelectMany(static step => step.Keys).Distinct(StringComparer.Ordinal))
        {
            if (metric != Measures.Seconds)
            {
                plot.AddLines(metric, series);
            }
        }

        return plot._shapes.Length == 0 ? null : plot.Document();
    }

    private string Document()
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {_y}" width="{Width}" height="{_y}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#1e293b">
            <title>{WebUtility.HtmlEncode(_result.Title)}</title>
            <rect width="{Width}" height="{_y}" fill="#ffffff"/>
            {_shapes}</svg>

            """);
    }

    /// <summary>A bar for the median of each contender, and a line from the least to the greatest run.</summary>
    private void AddBars(string metric)
    {
        var contenders = _result.Runs.Where(contender => contender.Value.TrueForAll(run => run.Values.ContainsKey(metric)))
            .Select(contender => (Name: contender.Key, Value: Summary.Of(contender.Value.Select(run => run.Values[metric])))).ToArray();
        var largest = contenders.Max(static contender => contender.Value.Max);
        AddTitle(metric);
        foreach (var (index, (name, value)) in contenders.Index())
        {
            var middle = _y + (BarHeight / 2);
            AddText(NameWidth - 8, middle + 4, name, "end");
            Add($"""<rect x="{NameWidth}" y="{_y + 3}" width="{Across(value.Median):F1}" height="{BarHeight - 6}" fill="{Colours[index % Colours.Length]}"/>""");
            Add($"""<line x1="{NameWidth + Across(value.Min):F1}" x2="{NameWidth + Across(value.Max):F1}" y1="{middle}" y2="{middle}" stroke="#1e293b" stroke-width="2"/>""");
            AddText(NameWidth + Across(value.Max) + 8, middle + 4, value.ToString(), "start");
            _y += BarHeight;
        }

        _y += Gap;

        double Across(double value)
        {
            return largest > 0 ? value / largest * (Width - NameWidth - ValueWidth) : 0;
        }
    }

    private void AddLines(string metric, Dictionary<string, IReadOnlyList<Dictionary<string, double>>> series)
    {
        var values = series.Values.SelectMany(static steps => steps).Where(step => step.ContainsKey(metric)).Select(step => step[metric]).Where(double.IsFinite);
        var (largest, longest) = (values.DefaultIfEmpty(0).Max(), series.Values.Max(static steps => steps[^1][Measures.Seconds]));
        AddLegend([.. series.Keys]);
        AddTitle(metric);
        var (top, bottom) = (_y, _y + LineHeight);
        foreach (var (index, steps) in series.Values.Index())
        {
            var points = steps.Where(step => step.TryGetValue(metric, out var value) && double.IsFinite(value))
                .Select(step => string.Create(CultureInfo.InvariantCulture, $"{X(step[Measures.Seconds]):F1},{Y(step[metric]):F1}"));
            Add($"""<polyline points="{string.Join(' ', points)}" fill="none" stroke="{Colours[index % Colours.Length]}" stroke-width="1.5"/>""");
        }

        Add($"""<path d="M{LargestLabel},{top} V{bottom} H{Width - Margin}" fill="none" stroke="#94a3b8"/>""");
        AddText(LargestLabel - 8, top + 10, Summary.Of([largest]).ToString(), "end");
        AddText(LargestLabel - 8, bottom, "0", "end");
        AddText(Width - Margin, bottom + 16, string.Create(CultureInfo.InvariantCulture, $"{longest:N0} s"), "end");
        _y = bottom + Gap + 8;

        double X(double seconds)
        {
            return LargestLabel + (seconds / longest * (Width - Margin - LargestLabel));
        }

        double Y(double value)
        {
            return largest > 0 ? bottom - (value / largest * LineHeight) : bottom;
        }
    }

    /// <summary>Which line is whose, on the title's line; one line needs no name.</summary>
    private void AddLegend(string[] names)
    {
        if (names.Length > 1)
        {
            var spans = names.Select(static (name, index) =>
                $"""<tspan dx="16" fill="{Colours[index % Colours.Length]}">{WebUtility.HtmlEncode(name)}</tspan>""");
            Add($"""<text x="{Width - Margin}" y="{_y + 14}" text-anchor="end">{string.Concat(spans)}</text>""");
        }
    }

    private void AddTitle(string title)
    {
        Add($"""<text x="{Margin}" y="{_y + 14}" font-weight="600">{WebUtility.HtmlEncode(title)}</text>""");
        _y += TitleHeight;
    }

    private void AddText(double x, double y, string text, string anchor)
    {
        Add($"""<text x="{x:F1}" y="{y:F1}" text-anchor="{anchor}" fill="#475569">{WebUtility.HtmlEncode(text)}</text>""");
    }

    private void Add(FormattableString shape)
    {
        _shapes.AppendLine(FormattableString.Invariant(shape));
    }
}
