using System.Diagnostics;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>
/// Measures once what pages about all jobs cost a cluster that is otherwise idle, read over HTTP from the first node; then
/// the first page after another owner has stopped to answer.
/// </summary>
internal static class GatherRun
{
    private const int WarmUp = 5;

    /// <summary>How much a page may differ from the one before, by figures that have changed meanwhile.</summary>
    private const double SizeTolerance = 0.01;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private static readonly (string Name, Uri Path)[] Pages =
    [
        ("/metrics", new Uri("metrics", UriKind.Relative)),
        ("/api/v1/scheduler/metrics", new Uri("api/v1/scheduler/metrics", UriKind.Relative)),
        ("100 jobs of /api/v1/scheduler/jobs", new Uri("api/v1/scheduler/jobs?limit=100", UriKind.Relative)),
    ];

    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, int reads)
    {
        return await sandbox.WithWorkersAsync(template, async (spec, workers) =>
        {
            await RunJobsAsync(workers, spec);
            await Sandbox.SettleAsync(spec);
            using var http = new HttpClient { BaseAddress = workers.Workers[0].Address };
            var values = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var (name, path) in Pages)
            {
                var size = await ReadAsync(http, path, sandbox, workers, reads, (what, value) => values[$"{name}: {what}"] = value);
                if (spec.Nodes > 1)
                {
                    values[$"{name}: {Measures.PageWithoutOwner}"] = await ReadWithoutOwnerAsync(http, path, workers, size);
                }
            }

            return new Run(values);
        });
    }

    /// <summary>Lets every job run in each period of the load time, and waits until all have ended.</summary>
    private static async Task RunJobsAsync(WorkerGroup workers, WorkerSpec spec)
    {
        var dueAt = await workers.BeginAsync();
        await Task.Delay(dueAt + spec.LoadTime!.Value + Rest - DateTimeOffset.UtcNow);
        var mark = await workers.MarkAsync();
        var expected = spec.Jobs * (spec.LoadTime.Value / spec.Period);
        if (mark.Executions < expected)
        {
            throw new InvalidOperationException($"{mark.Executions} of {expected} executions have ended; run it on a quieter machine");
        }
    }

    /// <returns>The size of the page, in bytes.</returns>
    private static async Task<int> ReadAsync(
        HttpClient http, Uri path, Sandbox sandbox, WorkerGroup workers, int reads, Action<string, double> note)
    {
        var size = 0;
        for (var i = 0; i < WarmUp; i++)
        {
            size = (await http.GetByteArrayAsync(path)).Length;
        }

        double OfNodes() => workers.Workers.Sum(static worker => Processors.Of(worker.ProcessId));
        var (nodes, server) = (OfNodes(), Processors.OfTree(sandbox.ServerProcess!.Value));
        var times = new List<double>();
        for (var i = 0; i < reads; i++)
        {
            times.Add(await TimeAsync(http, path, size));
        }

        note(Measures.ReadP50, times.Order().ElementAt((reads - 1) / 2));
        note(Measures.ReadMax, times.Max());
        note(Measures.PageNodesTime, (OfNodes() - nodes) * 1_000 / reads);
        note(Measures.PageServerTime, (Processors.OfTree(sandbox.ServerProcess.Value) - server) * 1_000 / reads);
        note(Measures.PageSize, size / 1024.0 / 1024.0);
        return size;
    }

    /// <summary>Reads one page while the last node stands still, for less than its lease.</summary>
    private static async Task<double> ReadWithoutOwnerAsync(HttpClient http, Uri path, WorkerGroup workers, int size)
    {
        workers.Workers[^1].Suspend();
        try
        {
            return await TimeAsync(http, path, size);
        }
        finally
        {
            workers.Workers[^1].Resume();
            await Task.Delay(Rest);
        }
    }

    /// <returns>Milliseconds from the request to the last byte.</returns>
    private static async Task<double> TimeAsync(HttpClient http, Uri path, int size)
    {
        var watch = Stopwatch.StartNew();
        var page = await http.GetByteArrayAsync(path);
        var time = watch.Elapsed.TotalMilliseconds;
        return Math.Abs(page.Length - size) <= size * SizeTolerance
            ? time
            : throw new InvalidOperationException($"{path} had {size} bytes before, and now {page.Length}: it is not whole");
    }
}
