using Carillon.Benchmarks.Lanes;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P12: what two nodes can tell each other.</summary>
internal static class LaneRates
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "seconds", "runs");
        var window = TimeSpan.FromSeconds(command.Number("seconds", 2, 1, 600));
        var count = command.Number("runs", 5, 1, 100);
        var runs = new List<Run>();
        for (var number = 1; number <= count; number++)
        {
            await Console.Error.WriteLineAsync($"run {number} of {count} …");
            await using var lanes = await LaneRun.StartAsync();
            runs.Add(await lanes.MeasureAsync(window));
        }

        return await ResultFiles.TellAsync(
            command,
            "lane",
            "Two nodes in one process, over WebSockets",
            new Dictionary<string, List<Run>>(StringComparer.Ordinal) { ["Carillon"] = runs },
            []);
    }
}
