using Quartz;

namespace Carillon.Benchmarks.Workers;

/// <summary>Counts the executions that Quartz has finished.</summary>
internal sealed class QuartzListener(ExecutionRecorder recorder) : IJobListener
{
    public ValueTask JobWasExecuted(
        IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken = default)
    {
        if (context.JobInstance is QuartzJob)
        {
            recorder.End();
        }

        return ValueTask.CompletedTask;
    }
}
