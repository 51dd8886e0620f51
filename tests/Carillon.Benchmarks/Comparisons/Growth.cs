using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P11: what an execution costs on PostgreSQL when few jobs are due often, and when many are due seldom.</summary>
internal static class Growth
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "rate", "seconds", "runs", "slots");
        var rate = command.Number("rate", 10_000, 1, 100_000);
        var window = TimeSpan.FromSeconds(command.Number("seconds", 20, 1, 600));
        var slots = command.Number("slots", 1_024, 1, 10_000);
        var comparison = new Comparison
        {
            Name = "growth",
            Title = string.Create(CultureInfo.InvariantCulture, $"{rate:N0} executions a second on PostgreSQL, by the number of jobs that share them"),
            Command = command,
            Contenders = [Of(1_000), Of(10_000), Of(100_000), Of(1_000_000)],
            Ratios = [new Ratio(Measures.ProcessorPerExecution, NameOf(1_000_000), NameOf(1_000))],
            Runs = command.Number("runs", 1, 1, 100),
            Measure = (sandbox, contender) => SteadyRun.MeasureAsync(sandbox, contender.Spec, window),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);

        Contender Of(int jobs)
        {
            return new Contender(NameOf(jobs), new WorkerSpec
            {
                Kind = WorkloadKind.Carillon,
                Shape = JobShape.Repeating,
                Jobs = jobs,
                Period = TimeSpan.FromSeconds(jobs) / rate,
                Slots = slots,
            });
        }
    }

    /// <summary>The column of so many jobs.</summary>
    public static string NameOf(int jobs)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{jobs:N0} jobs");
    }
}
