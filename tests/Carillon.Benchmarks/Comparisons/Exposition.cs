using System.Globalization;
using Carillon.Benchmarks.Pages;
using Carillon.Benchmarks.Results;
using Carillon.Metrics;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P9: the page of many jobs in both formats, beside a copy of its bytes.</summary>
internal static class Exposition
{
    private const string Text = "text";
    private const string Copy = "copy of the text";

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "jobs", "others", "seconds", "runs");
        var jobs = command.Number("jobs", 10_000, 1, 1_000_000);
        var others = command.Number("others", 0, 0, 10_000_000);
        var window = TimeSpan.FromSeconds(command.Number("seconds", 2, 1, 600));
        var count = command.Number("runs", 5, 1, 100);
        await Console.Error.WriteLineAsync("making jobs …");
        var page = new PageRun(jobs, others);
        (string Name, Func<Run> Measure)[] contenders =
        [
            (Text, () => page.Measure(PageFormat.Text, window)),
            ("OpenMetrics", () => page.Measure(PageFormat.OpenMetrics, window)),
            (Copy, () => page.MeasureCopy(window)),
        ];
        var runs = contenders.ToDictionary(static c => c.Name, static _ => new List<Run>(), StringComparer.Ordinal);
        for (var number = 1; number <= count; number++)
        {
            foreach (var (name, measure) in contenders)
            {
                await Console.Error.WriteLineAsync($"run {number} of {count}: {name} …");
                runs[name].Add(measure());
            }
        }

        return await ResultFiles.TellAsync(
            command,
            others == 0 ? "exposition" : "exposition-others",
            string.Create(CultureInfo.InvariantCulture, $"The page of {jobs:N0} jobs")
                + (others == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", and of {others:N0} that share series")),
            runs,
            [new Ratio(Measures.PageRate, Text, Copy)]);
    }
}
