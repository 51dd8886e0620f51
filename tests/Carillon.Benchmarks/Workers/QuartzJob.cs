using Quartz;

namespace Carillon.Benchmarks.Workers;

/// <summary>A job that does nothing but note its start.</summary>
internal class QuartzJob : IJob
{
    /// <summary>Where the scheduler's context holds the recorder.</summary>
    public const string RecorderKey = "recorder";

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var recorder = (ExecutionRecorder)context.Scheduler.Context[RecorderKey]!;
        recorder.Start(context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
        return ValueTask.CompletedTask;
    }
}
