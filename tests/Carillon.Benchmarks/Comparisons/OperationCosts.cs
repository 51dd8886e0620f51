using Carillon.Benchmarks.Operations;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P6: what recording an operation costs the thread that does it.</summary>
internal static class OperationCosts
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "seconds", "runs");
        var window = TimeSpan.FromSeconds(command.Number("seconds", 1, 1, 600));
        var count = command.Number("runs", 5, 1, 100);
        var runs = RecordingRun.Ways.ToDictionary(static way => way.Name, static _ => new List<Run>(), StringComparer.Ordinal);
        for (var number = 1; number <= count; number++)
        {
            await Console.Error.WriteLineAsync($"run {number} of {count} …");
            foreach (var (name, of) in RecordingRun.Ways)
            {
                runs[name].Add(RecordingRun.Measure(of, window));
            }
        }

        return await ResultFiles.TellAsync(
            command,
            "operations",
            "Recording an operation",
            runs,
            [new Ratio(Measures.RecordNanoseconds, RecordingRun.Named, RecordingRun.Bound)]);
    }
}
