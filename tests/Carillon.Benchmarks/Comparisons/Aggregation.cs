using System.Globalization;
using Carillon.Benchmarks.Folding;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P7: the folding of facts in memory, whole and reduced to counts, ring and sketch.</summary>
internal static class Aggregation
{
    private const string Histories = "histories";
    private const string Figures = "counts, ring and sketch";

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "jobs", "seconds", "runs");
        var jobs = command.Number("jobs", 10_000, 1, 1_000_000);
        var window = TimeSpan.FromSeconds(command.Number("seconds", 2, 1, 600));
        var count = command.Number("runs", 5, 1, 100);
        var folding = new FoldRun(jobs);
        var runs = new Dictionary<string, List<Run>>(StringComparer.Ordinal) { [Histories] = [], [Figures] = [] };
        for (var number = 1; number <= count; number++)
        {
            await Console.Error.WriteLineAsync($"run {number} of {count} …");
            runs[Histories].Add(folding.MeasureHistories(window));
            runs[Figures].Add(folding.MeasureFigures(window));
        }

        return await ResultFiles.TellAsync(
            command,
            "aggregation",
            string.Create(CultureInfo.InvariantCulture, $"Facts about {jobs:N0} jobs at random, folded in memory"),
            runs,
            [new Ratio(Measures.FoldRate, Histories, Figures)]);
    }
}
