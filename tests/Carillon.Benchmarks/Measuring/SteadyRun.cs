using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Measures one contender once: start, warm up, and watch a window of steady load.</summary>
internal static class SteadyRun
{
    /// <summary>How long a contender works before the window opens.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    /// <summary>Measures a window of <paramref name="length"/>, and the disk beside it if asked to.</summary>
    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, TimeSpan length, bool withDisk = false)
    {
        return await sandbox.WithWorkersAsync(template, async (spec, workers) =>
        {
            var dueAt = await workers.BeginAsync();
            await Task.Delay(dueAt + WarmUp - DateTimeOffset.UtcNow);
            await workers.MarkAsync(withLags: true); // those of the warm-up; to tell them is not the scheduler's work
            var from = await Observation.TakeAsync(workers, sandbox, spec);
            using var disk = withDisk ? new DiskProbe() : null;
            await Task.Delay(length);
            var flushes = disk?.End();
            var to = await Observation.TakeAsync(workers, sandbox, spec, withLags: true);
            await workers.StopAsync();
            var values = await Window.ValuesAsync(spec, from, to);
            if (flushes is not null)
            {
                values[Measures.FlushP99] = flushes.At(0.99);
                values[Measures.FlushMax] = flushes.At(1);
            }

            return new Run(values);
        });
    }
}
