using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Measures once what a long load does that is half of what can be sustained: to memory, to latency, to what is recorded.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, TimeSpan load)
    {
        var sustainable = await LoadSteps.SustainableAsync(sandbox, template);
        var period = LoadSteps.PeriodOf(template, sustainable / 2);
        var periods = (long)(load / period);
        return await sandbox.WithWorkersAsync(template with { Period = period, LoadTime = periods * period }, async (spec, workers) =>
        {
            var dueAt = await workers.BeginAsync();
            await Task.Delay(dueAt - DateTimeOffset.UtcNow);
            var series = await LoadSteps.WatchAsync(workers, sandbox, dueAt, load);
            await EndAsync(workers, periods * spec.Jobs);
            await workers.StopAsync();
            var (attempts, succeeded) = await RecordedExecutions.CountAttemptsAsync(spec, dueAt, dueAt + (periods * period));
            var values = new Dictionary<string, double>(StringComparer.Ordinal)
            {
                [Measures.SustainableRate] = sustainable,
                [Measures.DemandedRate] = spec.Jobs / period.TotalSeconds,
                [Measures.Due] = periods * spec.Jobs,
                [Measures.NotRecorded] = (periods * spec.Jobs) - succeeded,
                [Measures.BeyondDue] = attempts - (periods * spec.Jobs),
            };
            AddThirds(values, series, Measures.Resident);
            AddThirds(values, series, Measures.LagP50);
            AddThirds(values, series, Measures.LagP99);
            AddThirds(values, series, Measures.ServerCores);
            AddThirds(values, series, Measures.DiskFlush);
            AddThirds(values, series, Measures.MemoryAccess);
            return new Run(values, series);
        });
    }

    /// <summary>Waits for what fell due last; what never ends is found missing among the records.</summary>
    private static async Task EndAsync(WorkerGroup workers, long due)
    {
        var until = DateTimeOffset.UtcNow + Patience;
        while ((await workers.MarkAsync()).Executions < due && DateTimeOffset.UtcNow < until)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }
    }

    /// <summary>What is flat has the same median in the first third and in the last.</summary>
    private static void AddThirds(Dictionary<string, double> values, List<Dictionary<string, double>> series, string metric)
    {
        var third = Math.Max(1, series.Count / 3);
        values[Measures.FirstThird(metric)] = Summary.Of(series.Take(third).Select(step => step[metric])).Median;
        values[Measures.LastThird(metric)] = Summary.Of(series.TakeLast(third).Select(step => step[metric])).Median;
    }
}
