using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P2: the product on its embedded store, beside bare statements on the same tables.</summary>
internal static class Sqlite
{
    private static readonly int[] BatchSizes = [100, 1_000];

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "jobs", "seconds", "runs", "slots");
        var window = TimeSpan.FromSeconds(command.Number("seconds", 10, 1, 600));
        var product = new WorkerSpec
        {
            Kind = WorkloadKind.Carillon,
            Shape = JobShape.Repeating,
            Jobs = command.Number("jobs", 1_000, 1, 100_000),
            Period = TimeSpan.FromMilliseconds(10),
            Slots = command.Number("slots", 1_024, 1, 10_000),
        };
        var comparison = new Comparison
        {
            Name = "sqlite",
            Title = "Throughput on SQLite, and bare statements, by executions in a transaction",
            Command = command,
            Contenders =
            [
                new Contender(Contender.Product, product),
                .. BatchSizes.Select(static size => new Contender(Bare(size), new WorkerSpec { Kind = WorkloadKind.SqliteFloor, BatchSize = size })),
            ],
            Ratios = [.. BatchSizes.Select(static size => new Ratio(Measures.Rate, Contender.Product, Bare(size)))],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = (sandbox, contender) => SteadyRun.MeasureAsync(sandbox, contender.Spec, window),
        };
        await using var sandbox = Sandbox.ForSqlite();
        return await comparison.RunAsync(sandbox);
    }

    private static string Bare(int size)
    {
        return string.Create(CultureInfo.InvariantCulture, $"bare, {size:N0}");
    }
}
