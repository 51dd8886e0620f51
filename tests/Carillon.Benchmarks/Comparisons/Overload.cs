using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P14: three times the demand that can be met, and what comes after it.</summary>
internal static class Overload
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "against", "shape", "jobs", "seconds", "runs", "slots");
        var shape = Enum.Parse<JobShape>(command.Word("shape", "repeating", "repeating", "exclusive", "skipping")!, ignoreCase: true);
        var load = TimeSpan.FromSeconds(command.Number("seconds", 120, 20, 3_600));
        var spec = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = shape,
            Jobs = command.Number("jobs", 1_000, 1, 100_000),
            Slots = command.Number("slots", 1_024, 1, 10_000),
            Probes = 20,
        };
        var name = shape.ToString().ToLowerInvariant();
        var comparison = new Comparison
        {
            Name = "overload-" + name,
            Title = $"Three times the sustainable demand for {load.TotalSeconds:0} s on PostgreSQL, {name} jobs",
            Command = command,
            Contenders = Contender.Against(spec, command.Word("against", null, "quartz") is not null),
            Ratios = [],
            Runs = command.Number("runs", 1, 1, 100),
            Measure = (sandbox, contender) => OverloadRun.MeasureAsync(sandbox, contender.Spec, load),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }
}
