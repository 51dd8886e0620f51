using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P1: executions per second with their history on PostgreSQL, while far more are due than can run.</summary>
internal static class Throughput
{
    /// <summary>What all jobs together ask for, which nobody reaches.</summary>
    private const int DemandPerSecond = 100_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "against", "shape", "jobs", "nodes", "seconds", "runs", "slots");
        var shape = Enum.Parse<JobShape>(command.Word("shape", "repeating", "repeating", "oneshot", "exclusive", "skipping")!, ignoreCase: true);
        var jobs = command.Number("jobs", shape == JobShape.Oneshot ? 10_000 : 1_000, 1, 100_000);
        var window = TimeSpan.FromSeconds(command.Number("seconds", 10, 1, 600));
        var spec = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = shape,
            Jobs = jobs,
            Nodes = command.Number("nodes", 1, 1, 5),
            Period = TimeSpan.FromSeconds(jobs) / DemandPerSecond,
            Slots = command.Number("slots", 1_024, 1, 10_000),
        };
        var name = shape.ToString().ToLowerInvariant();
        var comparison = new Comparison
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"throughput-{name}-{jobs}{Contender.Suffix(spec.Nodes)}"),
            Title = string.Create(CultureInfo.InvariantCulture, $"Throughput on PostgreSQL: {jobs:N0} {name} jobs{Contender.On(spec.Nodes)}"),
            Command = command,
            Contenders = Contender.Against(spec, command.Word("against", null, "quartz") is not null),
            Ratios =
            [
                new Ratio(Measures.ProcessorPerExecution, Contender.Product, Contender.ProductAlone),
                new Ratio(Measures.Rate, Contender.Product, Contender.QuartzWithHistory),
                new Ratio(Measures.Rate, Contender.Product, Contender.QuartzBare),
            ],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = shape == JobShape.Oneshot
                ? static (sandbox, contender) => DrainRun.MeasureAsync(sandbox, contender.Spec)
                : (sandbox, contender) => SteadyRun.MeasureAsync(sandbox, contender.Spec, window),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }
}
