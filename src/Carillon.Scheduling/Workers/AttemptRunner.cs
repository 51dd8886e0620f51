using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <summary>Calls user code for one attempt and turns whatever happens into a result.</summary>
public sealed class AttemptRunner
{
    private readonly IJobExecutor[] _executors;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _log;

    /// <summary>Makes a runner.</summary>
    /// <param name="executors">The kinds of run it knows.</param>
    /// <param name="scopes">Makes the services of an attempt.</param>
    /// <param name="log">Where user code logs.</param>
    /// <param name="time">The clock of durations.</param>
    public AttemptRunner(IReadOnlyList<IJobExecutor> executors, IServiceScopeFactory scopes, ILogger<AttemptRunner> log, TimeProvider time)
    {
        _executors = [.. executors];
        _scopes = scopes;
        _log = log;
        Time = time;
    }

    /// <summary>The clock of durations.</summary>
    public TimeProvider Time { get; }

    /// <summary>Runs one attempt. Never throws.</summary>
    /// <param name="attempt">The attempt, its start committed.</param>
    /// <param name="job">What to run.</param>
    /// <param name="cancelReason">Why the token was cancelled, or null.</param>
    /// <param name="cancellationToken">Handed to user code.</param>
    public async Task<AttemptResult> ExecuteAsync(Attempt attempt, JobDefinition job, Func<string?> cancelReason, CancellationToken cancellationToken)
    {
        var executionId = attempt.Key.ExecutionId;
        using var logScope = _log.BeginScope(new AttemptScope(job.Id, executionId, attempt.Key.Attempt));
        var services = _scopes.CreateAsyncScope();
        await using (services.ConfigureAwait(false))
        {
            try
            {
                var executor = ExecutorOf(job.Run);
                var context = new JobContext
                {
                    JobId = job.Id,
                    ExecutionId = executionId,
                    ScheduledAt = attempt.Key.ScheduledAt,
                    Attempt = attempt.Key.Attempt,
                    FencingToken = attempt.FencingToken,
                    Payload = attempt.Payload ?? job.Payload,
                    Log = _log,
                    Services = services.ServiceProvider,
                };
                await executor.ExecuteAsync(job.Run, context, cancellationToken);
                return AttemptResults.Returned(cancelReason());
            }
#pragma warning disable CA1031 // The supervision boundary of user code: whatever it throws is the result of its attempt.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return AttemptResults.Threw(error, cancelReason(), cancellationToken.IsCancellationRequested);
            }
        }
    }

    private IJobExecutor ExecutorOf(RunSpec run)
    {
        foreach (var executor in _executors)
        {
            if (executor.CanRun(run))
            {
                return executor;
            }
        }

        throw new InvalidOperationException($"no executor of this node runs {run.GetType().Name}");
    }
}
