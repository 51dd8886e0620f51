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
        Start(recorder.Trace, context);
        recorder.Start(context.ScheduledFireTimeUtc ?? context.FireTimeUtc);
        return ValueTask.CompletedTask;
    }

    /// <summary>Notes a start where starts are noted.</summary>
    /// <returns>The number of the run.</returns>
    public static int Start(ExecutionTrace? trace, IJobExecutionContext context)
    {
        var key = context.JobDetail.Key;
        var scheduledAt = context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        return trace?.Start($"{key.Group}-{key.Name}", scheduledAt, context.Recovering ? 2 : 1) ?? 0;
    }
}
