using System.Globalization;
using System.Text;
using Carillon.Benchmarks.Comparisons;

namespace Carillon.Benchmarks.Results;

/// <summary>Writes all results into docs/benchmarks.md, and their sum into the README, between their markers, and draws them.</summary>
internal static class Report
{
    private const string BeginMark = "<!-- results: begin -->";
    private const string EndMark = "<!-- results: end -->";
    private const string Flagship = "throughput-repeating-1000";

    public static async Task<int> WriteAsync()
    {
        ResultFiles.Publish();
        var page = Path.Combine(ResultFiles.Root, "docs", "benchmarks.md");
        var results = await ResultFiles.ReadPublishedAsync();
        await FillAsync(page, await RenderAsync(results));
        if (results.FirstOrDefault(static result => result.Name == Flagship) is { } flagship)
        {
            await FillAsync(Path.Combine(ResultFiles.Root, "README.md"), Sum(flagship, results));
        }

        await Console.Out.WriteLineAsync($"{results.Count} results written to {page}");
        return 0;
    }

    /// <summary>Puts <paramref name="content"/> between the markers of a page.</summary>
    private static async Task FillAsync(string page, string content)
    {
        var text = await File.ReadAllTextAsync(page);
        var begin = text.IndexOf(BeginMark, StringComparison.Ordinal);
        var end = text.IndexOf(EndMark, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new UsageException($"{page} must hold '{BeginMark}' and, behind it, '{EndMark}'");
        }

        await File.WriteAllTextAsync(page, text[..(begin + BeginMark.Length)] + Environment.NewLine + content + text[end..]);
    }

    private static string Sum(BenchmarkResult flagship, IReadOnlyList<BenchmarkResult> results)
    {
        double Rate(string contender) => Summary.Of(flagship.Runs[contender].Select(static run => run.Values[Measures.Rate])).Median;
        var (met, all) = Targets.Count(results);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            - [Benchmarks](docs/benchmarks.md) beside Quartz.NET, good and bad, each by one command: {Rate(Contender.Product):N0} executions/s with
              their history on {flagship.Machine["processor"]}, where Quartz.NET does {Rate(Contender.QuartzWithHistory):N0}; {met} of {all} targets are met.

            """);
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
