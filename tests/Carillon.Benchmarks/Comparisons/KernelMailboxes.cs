using Carillon.Benchmarks.Kernel;
using Carillon.Benchmarks.Results;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P8: the actor kernel beside bare mailboxes, which do a small part of what it does.</summary>
internal static class KernelMailboxes
{
    private const string Kernel = "kernel";
    private const string Queue = "ConcurrentQueue on the thread pool";

    private static readonly (string Name, Func<IStage> Open)[] Stages =
    [
        (Kernel, static () => new KernelStage()),
        (Queue, static () => new QueueStage()),
        ("Channel and a task", static () => new ChannelStage()),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "seconds", "runs");
        var window = TimeSpan.FromSeconds(command.Number("seconds", 2, 1, 600));
        var count = command.Number("runs", 5, 1, 100);
        var runs = Stages.ToDictionary(static stage => stage.Name, static _ => new List<Run>(), StringComparer.Ordinal);
        for (var number = 1; number <= count; number++)
        {
            foreach (var (name, open) in Stages)
            {
                await Console.Error.WriteLineAsync($"run {number} of {count}: {name} …");
                runs[name].Add(await KernelRun.MeasureAsync(open, window));
            }
        }

        return await ResultFiles.TellAsync(
            command,
            "kernel",
            "The actor kernel and bare mailboxes",
            runs,
            [.. Measures.KernelRates.Select(static rate => new Ratio(rate, Kernel, Queue))]);
    }
}
