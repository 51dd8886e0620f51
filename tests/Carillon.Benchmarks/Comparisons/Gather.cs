using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>Pages about all jobs, asked of one node of a cluster, and of a node that is alone.</summary>
internal static class Gather
{
    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "nodes", "jobs", "reads", "runs");
        var reads = command.Number("reads", 50, 1, 10_000);
        var spec = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = JobShape.Repeating,
            Jobs = command.Number("jobs", 10_000, 1, 100_000),
            Nodes = command.Number("nodes", 3, 2, 5),
            Slots = 1_024,
            LoadTime = LoadTime,
        };
        spec = spec with { Period = TimeSpan.FromSeconds(Math.Max(1, spec.Jobs / 10_000)) };
        var comparison = new Comparison
        {
            Name = "gather",
            Title = string.Create(CultureInfo.InvariantCulture, $"Pages about {spec.Jobs:N0} jobs that have run, {spec.Nodes} nodes"),
            Command = command,
            Contenders = Contender.Against(spec, withQuartz: false),
            Ratios = [],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = (sandbox, contender) => GatherRun.MeasureAsync(sandbox, contender.Spec, reads),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }
}
