using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Carillon.Benchmarks.Measuring;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Comparisons;

/// <summary>P13 and P5: making many jobs through the API, and a node that knows them and has little to do.</summary>
internal static class ManyJobs
{
    private const int PerRequest = 2_000;
    private const int Callers = 3;
    private const string Daily = "H H * * *";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    public static async Task<int> RunAsync(string[] args)
    {
        var command = new CommandLine(args, "against", "store", "jobs", "peer-jobs", "runs");
        var isSqlite = command.Word("store", "sqlite", "sqlite", "postgresql") == "sqlite";
        var spec = new WorkerSpec { Kind = WorkloadKind.Carillon, Jobs = command.Number("jobs", 1_000_000, PerRequest, 10_000_000) };
        List<Contender> contenders = [new(Contender.Product, spec)];
        if (!isSqlite && command.Word("against", null, "quartz") is not null)
        {
            var peer = new WorkerSpec { Kind = WorkloadKind.Quartz, Shape = JobShape.Oneshot, Jobs = command.Number("peer-jobs", 10_000, 1, 100_000) };
            contenders.Add(new Contender(Contender.QuartzBare, peer));
        }

        var comparison = new Comparison
        {
            Name = isSqlite ? "jobs-sqlite" : "jobs-postgresql",
            Title = string.Create(CultureInfo.InvariantCulture, $"{spec.Jobs:N0} jobs made through the API in bulk, and a node that knows them ({(isSqlite ? "SQLite" : "PostgreSQL")})"),
            Command = command,
            Contenders = contenders,
            Ratios = contenders.Count > 1 ? [new Ratio(Measures.CreationRate, Contender.Product, Contender.QuartzBare)] : [],
            Runs = command.Number("runs", 1, 1, 100),
            Measure = static (sandbox, contender) => contender.Spec.Kind == WorkloadKind.Quartz
                ? OfQuartzAsync(sandbox, contender.Spec)
                : OfProductAsync(sandbox, contender.Spec),
        };
        await using var sandbox = isSqlite ? Sandbox.ForSqlite() : await Sandbox.ForPostgresAsync();
        return await comparison.RunAsync(sandbox);
    }

    private static async Task<Run> OfProductAsync(Sandbox sandbox, WorkerSpec template)
    {
        return await sandbox.WithStoreAsync(template, async spec =>
        {
            double rate;
            await using (var node = await NodeServer.StartAsync(spec))
            {
                rate = await CreateAsync(node, spec.Jobs);
            } // killed: what was answered must be there again

            await Sandbox.SettleAsync(spec);
            await using var again = await NodeServer.StartAsync(spec);
            var processor = Processors.Of(again.ProcessId);
            var resident = Processors.ResidentMebibytes(again.ProcessId);
            await Task.Delay(Rest);
            var values = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [Measures.CreationRate] = rate,
                [Measures.ReadyAfter] = again.ReadyAfter.TotalSeconds,
                [Measures.ProcessorUntilReady] = processor,
                [Measures.ResidentWhenReady] = resident,
                [Measures.Resident] = Processors.ResidentMebibytes(again.ProcessId),
                [Measures.ResidentPerJob] = Processors.ResidentMebibytes(again.ProcessId) * (1 << 20) / spec.Jobs,
            };
            return new Run(values);
        });
    }

    private static async Task<double> CreateAsync(NodeServer node, int count)
    {
        await CreateAsync(node, "warm-up", 0, PerRequest);
        var next = -PerRequest;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Add(ref next, PerRequest) is var from && from < count)
            {
                await CreateAsync(node, "customer", from, Math.Min(PerRequest, count - from));
            }
        }));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task CreateAsync(NodeServer node, string name, int from, int count)
    {
        var jobs = Enumerable.Range(from, count).Select(number => new
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number:D7}.invoice"),
            name = string.Create(CultureInfo.InvariantCulture, $"Invoice of customer {number}"),
            owner = string.Create(CultureInfo.InvariantCulture, $"team-{number % 20}"),
            category = string.Create(CultureInfo.InvariantCulture, $"region-{number % 10}"),
            schedule = new { cron = Daily, time_zone = "Europe/Berlin" },
            run = new { type = "http", url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:9/customers/{number}/invoice") },
        });
        using var answer = await node.Http.PostAsJsonAsync(
            new Uri("api/v1/scheduler/jobs/bulk", UriKind.Relative), new { action = "create", jobs });
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode || JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("failed").GetInt32() > 0)
        {
            throw new InvalidOperationException($"the node answered {answer.StatusCode}: {text[..Math.Min(500, text.Length)]}");
        }
    }

    /// <summary>The peer takes all jobs in one call; what an empty scheduler takes to start is left out.</summary>
    private static async Task<Run> OfQuartzAsync(Sandbox sandbox, WorkerSpec template)
    {
        var empty = await StartQuartzAsync(sandbox, template with { Jobs = 1 });
        var full = await StartQuartzAsync(sandbox, template);
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.CreationRate] = template.Jobs / (full - empty).TotalSeconds,
        });
    }

    private static async Task<TimeSpan> StartQuartzAsync(Sandbox sandbox, WorkerSpec template)
    {
        return await sandbox.WithStoreAsync(template, async spec =>
        {
            var watch = Stopwatch.StartNew();
            await using var workers = await WorkerGroup.StartAsync(spec);
            return watch.Elapsed;
        });
    }
}
