using System.Globalization;
using System.Text;

namespace Carillon.Benchmarks.Results;

/// <summary>Renders results as Markdown, which is also what the console shows.</summary>
internal static class MarkdownTable
{
    /// <summary>The table of all values, then the ratios.</summary>
    public static string Render(BenchmarkResult result)
    {
        var text = new StringBuilder();
        var contenders = result.Runs.Keys.ToArray();
        text.Append("| |").AppendJoin('|', contenders.Select(static name => $" {name} ")).AppendLine("|");
        text.Append("|---|").AppendJoin('|', contenders.Select(static _ => "---:")).AppendLine("|");
        foreach (var metric in MetricsOf(result.Runs.Values.SelectMany(static runs => runs).Select(static run => run.Values)))
        {
            var cells = contenders.Select(name => $" {Cell(result.Runs[name], metric)} ");
            text.Append(CultureInfo.InvariantCulture, $"| {metric} |").AppendJoin('|', cells).AppendLine("|");
        }

        foreach (var ratio in result.Ratios)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"{ratio.Of} ÷ {ratio.To}, {ratio.Metric}: **{Of(result, ratio)}**").AppendLine();
        }

        return text.ToString();
    }

    /// <summary>What happened over time, of each contender that tells it.</summary>
    public static string RenderSeries(BenchmarkResult result)
    {
        var text = new StringBuilder();
        foreach (var (name, runs) in result.Runs.Where(static contender => contender.Value[^1].Series is not null))
        {
            AppendSeries(text, name, runs[^1].Series!);
        }

        return text.ToString();
    }

    /// <summary>The ratio of each run, summarised.</summary>
    private static Summary Of(BenchmarkResult result, Ratio ratio)
    {
        return Summary.Of(result.Runs[ratio.Of].Zip(result.Runs[ratio.To], (of, to) => of.Values[ratio.Metric] / to.Values[ratio.Metric]));
    }

    private static string Cell(IReadOnlyList<Run> runs, string metric)
    {
        var values = runs.Where(run => run.Values.ContainsKey(metric)).Select(run => run.Values[metric]).ToArray();
        return values.Length == 0 ? "–" : Summary.Of(values).ToString();
    }

    private static void AppendSeries(StringBuilder text, string name, IReadOnlyList<Dictionary<string, double>> series)
    {
        var metrics = MetricsOf(series);
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"{name}, the last run over time:").AppendLine().AppendLine();
        text.Append('|').AppendJoin('|', metrics.Select(static metric => $" {metric} ")).AppendLine("|");
        text.Append('|').AppendJoin('|', metrics.Select(static _ => "---:")).AppendLine("|");
        foreach (var values in series)
        {
            var cells = metrics.Select(metric => values.TryGetValue(metric, out var value) ? $" {Summary.Of([value])} " : " – ");
            text.Append('|').AppendJoin('|', cells).AppendLine("|");
        }
    }

    private static string[] MetricsOf(IEnumerable<Dictionary<string, double>> values)
    {
        return [.. values.SelectMany(static value => value.Keys).Distinct(StringComparer.Ordinal)];
    }
}
