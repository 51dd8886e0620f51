using Quartz;

namespace Carillon.Benchmarks.Workers;

/// <summary>A job that only shows how late it is.</summary>
internal sealed class QuartzProbe : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var recorder = (ExecutionRecorder)context.Scheduler.Context[QuartzJob.RecorderKey]!;
        recorder.StartProbe(context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
        return ValueTask.CompletedTask;
    }
}
