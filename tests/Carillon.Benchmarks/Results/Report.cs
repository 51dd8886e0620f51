using System.Globalization;
using System.Text;

namespace Carillon.Benchmarks.Results;

/// <summary>Writes all results into docs/benchmarks.md, between its two markers, and draws them.</summary>
internal static class Report
{
    private const string BeginMark = "<!-- results: begin -->";
    private const string EndMark = "<!-- results: end -->";

    public static async Task<int> WriteAsync()
    {
        ResultFiles.Publish();
        var page = Path.Combine(ResultFiles.Root, "docs", "benchmarks.md");
        var text = await File.ReadAllTextAsync(page);
        var begin = text.IndexOf(BeginMark, StringComparison.Ordinal);
        var end = text.IndexOf(EndMark, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new UsageException($"{page} must hold '{BeginMark}' and, behind it, '{EndMark}'");
        }

        var results = await ResultFiles.ReadPublishedAsync();
        await File.WriteAllTextAsync(page, text[..(begin + BeginMark.Length)] + Environment.NewLine + await RenderAsync(results) + text[end..]);
        await Console.Out.WriteLineAsync($"{results.Count} results written to {page}");
        return 0;
    }

    private static async Task<string> RenderAsync(IReadOnlyList<BenchmarkResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine("### Targets").AppendLine().Append(Targets.Render(results));
        foreach (var result in results)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"### {result.Title}").AppendLine().AppendLine();
            text.Append(CultureInfo.InvariantCulture, $"`{result.Command}`, {result.MeasuredAt:yyyy-MM-dd}").AppendLine().AppendLine();
            text.AppendLine(string.Join("; ", result.Machine.Select(static fact => $"{fact.Key} {fact.Value}"))).AppendLine();
            text.Append(MarkdownTable.Render(result));
            if (SvgPlot.Render(result) is { } plot)
            {
                await File.WriteAllTextAsync(Path.Combine(ResultFiles.Published, result.Name + ".svg"), plot);
                text.AppendLine().Append(CultureInfo.InvariantCulture, $"![{result.Title}](benchmarks/{result.Name}.svg)").AppendLine();
            }
        }

        return text.AppendLine().ToString();
    }
}
