using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>R6: half of what can be sustained, for half an hour.</summary>
internal static class Soak
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "minutes", "jobs", "slots");
        var load = TimeSpan.FromMinutes(command.Number("minutes", 30, 1, 24 * 60));
        var spec = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = JobShape.Repeating,
            Jobs = command.Number("jobs", 1_000, 1, 100_000),
            Slots = command.Number("slots", 1_024, 1, 10_000),
        };
        var comparison = new Comparison
        {
            Name = "soak",
            Title = $"Half of the sustainable demand for {load.TotalMinutes:0} minutes on PostgreSQL",
            Command = command,
            Contenders = [new Contender(Contender.Product, spec)],
            Ratios = [],
            Runs = 1,
            Measure = (sandbox, contender) => SoakRun.MeasureAsync(sandbox, contender.Spec, load),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }
}
