using System.Globalization;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Statistics;
using Carillon.Benchmarks.Workers;
using Carillon.Persistence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>Statistics of a past period of one job, on both stores.</summary>
internal static class PastPeriods
{
    private const int Reads = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "jobs", "days", "runs");
        var jobs = command.Number("jobs", 1_000, 1, 100_000);
        var days = command.Number("days", 30, 1, 400);
        var count = command.Number("runs", 3, 1, 100);
        var runs = new Dictionary<string, List<Run>>(StringComparer.Ordinal)
        {
            ["SQLite"] = await MeasureAsync(Sandbox.ForSqlite(), jobs, days, count),
            ["PostgreSQL"] = await MeasureAsync(await Sandbox.ForPostgresAsync(), jobs, days, count),
        };
        return await ResultFiles.TellAsync(
            command,
            "statistics",
            string.Create(CultureInfo.InvariantCulture, $"Statistics of one of {jobs:N0} jobs over {days} days, an execution each minute"),
            runs,
            []);
    }

    private static async Task<List<Run>> MeasureAsync(Sandbox sandbox, int jobs, int days, int count)
    {
        await using (sandbox)
        {
            return await sandbox.WithStoreAsync(new WorkerSpec { Kind = WorkloadKind.Carillon }, async spec =>
            {
                var me = Guid.NewGuid();
                await using INodeStore store = spec.ConnectionString is { } database
                    ? new PostgreSqlStore(new PostgreSqlStoreOptions { ConnectionString = database, Incarnation = me }, TimeProvider.System, NullLoggerFactory.Instance)
                    : new SqliteStore(new SqliteStoreOptions { Path = Path.Combine(spec.DataDirectory!, "carillon.db") }, TimeProvider.System, NullLoggerFactory.Instance);
                var runs = new List<Run>();
                var period = new PeriodRun(store, me, jobs, days);
                await Console.Error.WriteLineAsync("filling the store …");
                await period.FillAsync();
                await Sandbox.SettleAsync(spec);
                for (var run = 0; run < count; run++)
                {
                    runs.Add(await period.MeasureAsync(Reads));
                }

                return runs;
            });
        }
    }
}
