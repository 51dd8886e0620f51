using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Measures once what a fault of one node does to jobs that fall due all the time, and to slow ones in flight.</summary>
internal static class FaultRun
{
    private const double WatchAfter = 15;
    private const double WatchPeer = 45; // its cluster check-in takes two times 7.5 s, and more

    /// <summary>A slow job runs for 3 s and begins every 4 s, within the first second of them: at the fault it is in flight.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>What is due in the last moments need not have run.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, Fault fault)
    {
        var traces = Directory.CreateTempSubdirectory("carillon-trace-");
        try
        {
            return await sandbox.WithWorkersAsync(template with { TraceDirectory = traces.FullName }, (spec, workers) => MeasureAsync(spec, workers, fault));
        }
        finally
        {
            traces.Delete(recursive: true);
        }
    }

    private static async Task<Run> MeasureAsync(WorkerSpec spec, WorkerGroup workers, Fault fault)
    {
        var dueAt = await workers.BeginAsync();
        var sometime = Random.Shared.NextDouble() * spec.Period;
        await Task.Delay(dueAt + WarmUp + sometime - DateTimeOffset.UtcNow);
        var at = DateTimeOffset.UtcNow;
        await InflictAsync(workers.Workers[^1], fault);
        await Task.Delay(TimeSpan.FromSeconds(spec.Kind == WorkloadKind.Quartz ? WatchPeer : WatchAfter));
        var until = DateTimeOffset.UtcNow - Margin;
        var runs = await ExecutionTrace.ReadAsync(spec.TraceDirectory!, spec.Nodes);
        var aftermath = new Aftermath(spec, runs, at, dueAt, until);
        var values = aftermath.Values(fault);
        if (spec.Kind == WorkloadKind.Carillon)
        {
            var (_, succeeded) = await RecordedExecutions.CountAttemptsAsync(spec, dueAt, aftermath.DueUntil);
            values[Measures.NotRecorded] = aftermath.Due - succeeded;
        }

        return new Run(values);
    }

    private static async Task InflictAsync(WorkerProcess victim, Fault fault)
    {
        switch (fault)
        {
            case Fault.Kill:
                await victim.KillAsync();
                break;
            case Fault.Pause:
                victim.Suspend();
                await Task.Delay(Pause);
                victim.Resume();
                break;
            default:
                await victim.StopAsync();
                break;
        }
    }
}
