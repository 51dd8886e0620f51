using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Measures one contender once: from the moment at which all jobs are due to the end of the last of them.</summary>
internal static class DrainRun
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UntilRecorded = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template)
    {
        return await sandbox.WithWorkersAsync(template, async (spec, workers) =>
        {
            var dueAt = await workers.BeginAsync();
            await Task.Delay(dueAt - DateTimeOffset.UtcNow);
            var begun = await Observation.TakeAsync(workers, sandbox, spec);
            var mark = begun.Mark;
            while (mark.Executions < spec.Jobs)
            {
                if (DateTimeOffset.UtcNow - dueAt > Patience)
                {
                    throw new TimeoutException($"{spec.Kind} ran {mark.Executions} of {spec.Jobs} one-shot jobs in {Patience}");
                }

                await Task.Delay(Poll);
                mark = await workers.MarkAsync();
            }

            await Task.Delay(UntilRecorded);
            var ended = await Observation.TakeAsync(workers, sandbox, spec, withLags: true);
            await workers.StopAsync();
            var last = await RecordedExecutions.LastEndAsync(spec) ?? mark.LastEndedAt;
            var values = await Window.ValuesAsync(spec, begun, ended, dueAt, last.AddTicks(TimeSpan.TicksPerMicrosecond));
            values.Remove(Measures.CommitsPerExecution); // the server tells these too late for so short a time
            values.Remove(Measures.RowWritesPerExecution);
            return new Run(values);
        });
    }
}
