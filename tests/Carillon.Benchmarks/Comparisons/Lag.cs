using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P4: how late jobs start on PostgreSQL, each of them due once a second.</summary>
internal static class Lag
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "against", "rate", "nodes", "aligned", "seconds", "runs", "slots");
        var rate = command.Number("rate", 1_000, 1, 100_000);
        var aligned = command.Has("aligned");
        var window = TimeSpan.FromSeconds(command.Number("seconds", 30, 1, 600));
        var spec = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = JobShape.Repeating,
            Jobs = rate,
            Nodes = command.Number("nodes", 1, 1, 5),
            Period = TimeSpan.FromSeconds(1),
            IsAligned = aligned,
            Slots = command.Number("slots", 1_024, 1, 10_000),
        };
        var comparison = new Comparison
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"lag-{rate}{(aligned ? "-aligned" : string.Empty)}{Contender.Suffix(spec.Nodes)}"),
            Title = string.Create(CultureInfo.InvariantCulture, $"Start lag on PostgreSQL: {rate:N0} jobs, each once a second, {(aligned ? "all at the same moment" : "spread evenly")}{Contender.On(spec.Nodes)}"),
            Command = command,
            Contenders = Contender.Against(spec, command.Word("against", null, "quartz") is not null),
            Ratios =
            [
                new Ratio(Measures.ProcessorPerExecution, Contender.Product, Contender.ProductAlone),
                new Ratio(Measures.LagP50, Contender.QuartzWithHistory, Contender.Product),
                new Ratio(Measures.LagP99, Contender.QuartzWithHistory, Contender.Product),
                new Ratio(Measures.LagP99, Contender.QuartzBare, Contender.Product),
            ],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = (sandbox, contender) => SteadyRun.MeasureAsync(sandbox, contender.Spec, window, withDisk: true),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }
}
