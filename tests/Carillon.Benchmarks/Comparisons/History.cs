using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Statistics;
using Carillon.Benchmarks.Workers;
using Carillon.Persistence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P11: what people ask of millions of executions, on PostgreSQL.</summary>
internal static class History
{
    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "executions", "days", "runs");
        var executions = command.Number("executions", 10_000_000, 100_000, 1_000_000_000);
        var days = command.Number("days", 10, 3, 400);
        var count = command.Number("runs", 3, 1, 100);
        await using var sandbox = await Sandbox.ForPostgresAsync();
        var runs = await sandbox.WithStoreAsync(new WorkerSpec { Kind = WorkloadKind.Carillon }, async spec =>
        {
            var options = new PostgreSqlStoreOptions { ConnectionString = spec.ConnectionString!, Incarnation = Guid.NewGuid() };
            await using var store = new PostgreSqlStore(options, TimeProvider.System, NullLoggerFactory.Instance);
            var history = new HistoryRun(store, spec.ConnectionString!, options.Incarnation, executions, days);
            await Console.Error.WriteLineAsync("filling the store …");
            await history.FillAsync();
            await Sandbox.SettleAsync(spec);
            var measured = new List<Run>();
            for (var run = 0; run < count; run++)
            {
                measured.Add(await history.MeasureAsync());
            }

            return measured;
        });
        return await ResultFiles.TellAsync(
            command,
            "history",
            string.Create(CultureInfo.InvariantCulture, $"Questions about {executions:N0} executions of {days} days on PostgreSQL, a partition for each day"),
            new Dictionary<string, List<Run>>(StringComparer.Ordinal) { [Contender.Product] = runs },
            []);
    }
}
