using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P3: the fenced append alone, beside bare statements on the same tables.</summary>
internal static class Append
{
    private const int DefaultSeconds = 10;
    private static readonly int[] BatchSizes = [100, 1_000];

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "seconds", "runs");
        var seconds = command.Number("seconds", DefaultSeconds, 1, 600);
        var window = TimeSpan.FromSeconds(seconds);
        var comparison = new Comparison
        {
            Name = seconds == DefaultSeconds ? "append" : string.Create(CultureInfo.InvariantCulture, $"append-{seconds}"),
            Title = string.Create(
                CultureInfo.InvariantCulture, $"The append to PostgreSQL alone, and bare statements, by executions in a flush, for {seconds} s"),
            Command = command,
            Contenders =
            [
                .. BatchSizes.SelectMany(size => new[]
                {
                    new Contender(Name("append", size), new WorkerSpec { Kind = WorkloadKind.PostgresAppend, BatchSize = size }),
                    new Contender(Name("bare", size), new WorkerSpec { Kind = WorkloadKind.PostgresFloor, BatchSize = size }),
                }),
            ],
            Ratios = [.. BatchSizes.Select(size => new Ratio(Measures.Rate, Name("append", size), Name("bare", size)))],
            Runs = command.Number("runs", 3, 1, 100),
            Measure = (sandbox, contender) => SteadyRun.MeasureAsync(sandbox, contender.Spec, window),
        };
        await using var sandbox = await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }

    private static string Name(string kind, int size)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{kind}, {size:N0}");
    }
}
