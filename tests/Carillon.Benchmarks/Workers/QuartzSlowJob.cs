using Quartz;

namespace Carillon.Benchmarks.Workers;

/// <summary>A job that takes its time, may not overlap, and is run again when its node dies.</summary>
[DisallowConcurrentExecution]
internal sealed class QuartzSlowJob : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var trace = ((ExecutionRecorder)context.Scheduler.Context[QuartzJob.RecorderKey]!).Trace;
        var run = QuartzJob.Start(trace, context);
        await Task.Delay(WorkerSpec.SlowTime, cancellationToken);
        trace?.End(run);
    }
}
