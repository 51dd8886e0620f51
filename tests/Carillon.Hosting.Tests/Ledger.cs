using Carillon.Model;

namespace Carillon.Hosting.Tests;

/// <summary>A service of the host: it keeps what jobs tell it, and lets tests wait for that.</summary>
internal sealed class Ledger
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly List<JobContext> _runs = [];
    private readonly List<(string Job, TaskCompletionSource<JobContext> Run)> _waiters = [];

    public Task NoteAsync(JobContext context)
    {
        lock (_gate)
        {
            _runs.Add(context);
            foreach (var (_, run) in _waiters.Where(w => string.Equals(w.Job, context.JobId, StringComparison.Ordinal)))
            {
                run.TrySetResult(context);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>The first run of a job.</summary>
    public async Task<JobContext> RunOfAsync(string job)
    {
        var run = new TaskCompletionSource<JobContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_runs.Find(r => string.Equals(r.JobId, job, StringComparison.Ordinal)) is { } known)
            {
                return known;
            }

            _waiters.Add((job, run));
        }

        try
        {
            return await run.Task.WaitAsync(Limit);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"Not within {Limit}: job {job} runs.", late);
        }
    }
}
