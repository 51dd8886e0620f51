namespace Carillon.Benchmarks.Workers;

/// <summary>
/// Writes as fast as one writer can: every flush ends the executions of the flush before and starts as many new ones,
/// each of another job.
/// </summary>
internal abstract class FlushWorkload(WorkerSpec spec, ExecutionRecorder recorder) : IWorkload
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private volatile bool _stopping;
    private Task _work = Task.CompletedTask;

    /// <summary>Executions in one flush.</summary>
    protected int BatchSize => spec.BatchSize;

    public abstract Task PrepareAsync();

    public Task BeginAsync(DateTimeOffset dueAt)
    {
        _work = Task.Run(WriteAsync);
        return Task.CompletedTask;
    }

    public Task<int> CountWaitingAsync()
    {
        return Task.FromResult(0);
    }

    public Task StopAsync()
    {
        _stopping = true;
        return _work.WaitAsync(Patience);
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Writes one flush.</summary>
    /// <param name="scheduledAt">The occurrence of the first job that starts; the next job's is a microsecond later.</param>
    /// <param name="before">The occurrence of the first job that ends, likewise; null in the first flush.</param>
    protected abstract Task FlushAsync(DateTimeOffset scheduledAt, DateTimeOffset? before);

    /// <summary>The occurrence of one job.</summary>
    protected static DateTimeOffset Of(int job, DateTimeOffset first)
    {
        return first.AddTicks(job * TimeSpan.TicksPerMicrosecond);
    }

    private async Task WriteAsync()
    {
        DateTimeOffset? before = null;
        while (!_stopping)
        {
            var now = DateTimeOffset.UtcNow;
            var scheduledAt = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
            if (before is { } last && scheduledAt < Of(BatchSize, last))
            {
                scheduledAt = Of(BatchSize, last);
            }

            await FlushAsync(scheduledAt, before);
            if (before is not null)
            {
                recorder.End(BatchSize);
            }

            before = scheduledAt;
        }
    }
}
