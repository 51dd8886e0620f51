using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling;

/// <summary>Calls user code for one attempt and turns whatever happens into a result.</summary>
public sealed class AttemptRunner
{
    private readonly IJobExecutor[] _executors;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _log;
    private readonly AttemptLog _end;

    /// <summary>Makes a runner.</summary>
    /// <param name="executors">The kinds of run it knows.</param>
    /// <param name="scopes">Makes the services of an attempt.</param>
    /// <param name="log">Where user code logs.</param>
    /// <param name="time">The clock of durations.</param>
    /// <param name="loggers">Where the ends of attempts are logged, or null.</param>
    public AttemptRunner(
        IReadOnlyList<IJobExecutor> executors,
        IServiceScopeFactory scopes,
        ILogger<AttemptRunner> log,
        TimeProvider time,
        ILoggerFactory? loggers = null)
    {
        _end = new AttemptLog(loggers?.CreateLogger(AttemptLog.Category) ?? NullLogger.Instance);
        _executors = [.. executors];
        _scopes = scopes;
        _log = log;
        Time = time;
    }

    /// <summary>The clock of durations.</summary>
    public TimeProvider Time { get; }

    /// <summary>How many bytes of what a run prints are kept. Default: 64 KiB.</summary>
    public int OutputLimit { get; init; } = JobOutput.DefaultLimit;

    /// <summary>What the node is called in logs. Default: empty.</summary>
    public string NodeName { get; init; } = string.Empty;

    /// <summary>Runs one attempt, and measures how long. Never throws.</summary>
    /// <param name="attempt">The attempt, its start committed.</param>
    /// <param name="job">What to run.</param>
    /// <param name="words">Where the run says what it does.</param>
    /// <param name="cancelReason">Why the token was cancelled, or null.</param>
    /// <param name="cancellationToken">Handed to user code.</param>
    internal async Task<AttemptResult> ExecuteAsync(
        Attempt attempt,
        JobDefinition job,
        AttemptWords words,
        Func<string?> cancelReason,
        CancellationToken cancellationToken)
    {
        using var logScope = _log.BeginScope(new AttemptScope(attempt, NodeName));
        var started = Time.GetTimestamp();
        var result = await RunAsync(attempt, job, words, cancelReason, cancellationToken);
        result = result with
        {
            DurationMicroseconds = Time.GetElapsedTime(started).Ticks / TimeSpan.TicksPerMicrosecond,
            Output = words.Output.Text(),
        };
        _end.Log(attempt.Key, result);
        return result;
    }

    private async Task<AttemptResult> RunAsync(
        Attempt attempt,
        JobDefinition job,
        AttemptWords words,
        Func<string?> cancelReason,
        CancellationToken cancellationToken)
    {
        var services = _scopes.CreateAsyncScope();
        await using (services.ConfigureAwait(false))
        {
            try
            {
                var executor = ExecutorOf(job.Run);
                var context = new JobContext
                {
                    JobId = job.Id,
                    ExecutionId = attempt.Key.ExecutionId,
                    ScheduledAt = attempt.Key.ScheduledAt,
                    Attempt = attempt.Key.Attempt,
                    FencingToken = attempt.FencingToken,
                    Payload = attempt.Payload ?? job.Payload,
                    TraceParent = attempt.TraceParent,
                    Log = new OutputLogger(_log, words.Output, Time),
                    Output = words.Output,
                    Progress = words.Progress,
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
