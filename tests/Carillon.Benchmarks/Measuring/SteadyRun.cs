using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Measures one contender once: start, warm up, and watch a window of steady load.</summary>
internal static class SteadyRun
{
    /// <summary>How long a contender works before the window opens.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Measures a window of <paramref name="length"/>.</summary>
    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, TimeSpan length)
    {
        return await sandbox.WithWorkersAsync(template, async (spec, workers) =>
        {
            var dueAt = await workers.BeginAsync();
            await Task.Delay(dueAt + WarmUp - DateTimeOffset.UtcNow);
            await workers.MarkAsync(withLags: true); // those of the warm-up; to tell them is not the scheduler's work
            var from = await Observation.TakeAsync(workers, sandbox, spec);
            await Task.Delay(length);
            var to = await Observation.TakeAsync(workers, sandbox, spec, withLags: true);
            await workers.StopAsync();
            return new Run(await Window.ValuesAsync(spec, from, to));
        });
    }
}
