using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>A load that is a share of what a contender can sustain, watched in steps of 10 s.</summary>
internal static class LoadSteps
{
    private const int SaturatingDemand = 100_000;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DiskTime = TimeSpan.FromMilliseconds(50);
    private static readonly MemoryWalk Walk = new(); // made before the load begins

    /// <summary>What the contender does when more is asked of it than anybody can do, in executions a second.</summary>
    public static async Task<double> SustainableAsync(Sandbox sandbox, WorkerSpec template)
    {
        var saturating = template with { Probes = 0, Period = TimeSpan.FromSeconds(template.Jobs) / SaturatingDemand };
        return (await SteadyRun.MeasureAsync(sandbox, saturating, Step)).Values[Measures.Rate];
    }

    /// <summary>The period of each job that gives about <paramref name="rate"/>: whole milliseconds, which all schedulers keep exactly.</summary>
    public static TimeSpan PeriodOf(WorkerSpec spec, double rate)
    {
        return TimeSpan.FromMilliseconds(Math.Max(1, Math.Round(spec.Jobs / rate * 1000)));
    }

    /// <summary>Watches from <paramref name="dueAt"/> on, for as long as the load lasts.</summary>
    public static async Task<List<Dictionary<string, double>>> WatchAsync(
        WorkerGroup workers, Sandbox sandbox, DateTimeOffset dueAt, TimeSpan load)
    {
        var series = new List<Dictionary<string, double>>();
        var before = await workers.MarkAsync(withLags: true);
        var since = DateTimeOffset.UtcNow;
        var server = Processors.OfTree(sandbox.ServerProcess!.Value);
        for (var at = Step; at <= load; at += Step)
        {
            await Task.Delay(dueAt + at - DateTimeOffset.UtcNow);
            var mark = await workers.MarkAsync(withLags: true);
            var now = DateTimeOffset.UtcNow;
            var serverNow = Processors.OfTree(sandbox.ServerProcess!.Value);
            var lags = new Percentiles(mark.Lags);
            var step = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [Measures.Seconds] = at.TotalSeconds,
                [Measures.Rate] = (mark.Executions - before.Executions) / (now - since).TotalSeconds,
                [Measures.LagP50] = lags.At(0.5),
                [Measures.LagP99] = lags.At(0.99),
                [Measures.Waiting] = mark.Waiting,
                [Measures.Resident] = workers.Workers.Sum(static worker => Processors.ResidentMebibytes(worker.ProcessId)),
                [Measures.ServerCores] = (serverNow - server) / (now - since).TotalSeconds,
                [Measures.DiskFlush] = Machine.MicrosecondsPerFlush(DiskTime),
                [Measures.MemoryAccess] = Walk.NanosecondsPerAccess(),
            };
            if (new Percentiles(mark.ProbeLags) is { Count: > 0 } probes)
            {
                step[Measures.ProbeLagP50] = probes.At(0.5);
                step[Measures.ProbeLagP99] = probes.At(0.99);
            }

            series.Add(step);
            (before, since, server) = (mark, now, serverNow);
        }

        return series;
    }
}
