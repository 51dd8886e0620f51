using Carillon.Actors;
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
        _end = new AttemptLog(new GuardedLogger(loggers?.CreateLogger(AttemptLog.Category) ?? NullLogger.Instance));
        _executors = [.. executors];
        _scopes = scopes;
        Log = new GuardedLogger(log);
        Time = time;
    }

    /// <summary>The clock of durations.</summary>
    public TimeProvider Time { get; }

    /// <summary>How many bytes of what a run prints are kept. Default: 64 KiB.</summary>
    public int OutputLimit { get; init; } = JobOutput.DefaultLimit;

    /// <summary>What the node is called in logs. Default: empty.</summary>
    public string NodeName { get; init; } = string.Empty;

    /// <summary>Where user code logs; its sinks may throw.</summary>
    internal ILogger Log { get; }

    /// <summary>Runs one attempt, and measures how long. Never throws.</summary>
    /// <param name="run">What to run, its start committed.</param>
    /// <param name="words">Where the run says what it does.</param>
    /// <param name="cancellation">Its token is handed to user code.</param>
    internal async ValueTask<AttemptResult> ExecuteAsync(RunAttempt run, AttemptWords words, AttemptCancellation cancellation)
    {
        using var logScope = Log.BeginScope(new AttemptScope(run.Attempt, NodeName));
        var started = Time.GetTimestamp();
        var result = await RunAsync(run, words, cancellation);
        result = result with
        {
            DurationMicroseconds = Time.GetElapsedTime(started).Ticks / TimeSpan.TicksPerMicrosecond,
            Output = words.Output.Text(),
        };
        _end.Log(run.Attempt.Key, result);
        return result;
    }

    private async ValueTask<AttemptResult> RunAsync(RunAttempt run, AttemptWords words, AttemptCancellation cancellation)
    {
        try
        {
            var services = new AttemptServices(_scopes);
            await using (services.ConfigureAwait(false))
            {
                var executor = ExecutorOf(run.Job.Run);
                await executor.ExecuteAsync(run.Job.Run, ContextOf(run, words, services), cancellation.Token);
            }

            return AttemptResults.Returned(cancellation.Reason);
        }
#pragma warning disable CA1031 // The supervision boundary of user code: whatever it throws is the result of its attempt, also what its services throw when they are disposed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return AttemptResults.Threw(error, cancellation.Reason, cancellation.IsCancellationRequested);
        }
    }

    private JobContext ContextOf(RunAttempt run, AttemptWords words, IServiceProvider services)
    {
        var (key, job) = (run.Attempt.Key, run.Job);
        return new JobContext
        {
            JobId = job.Id,
            ExecutionId = key.ExecutionId,
            ScheduledAt = key.ScheduledAt,
            Attempt = key.Attempt,
            FencingToken = run.FencingToken,
            Payload = run.Attempt.Payload ?? job.Payload,
            TraceParent = run.Attempt.TraceParent,
            Log = new OutputLogger(Log, words.Output, Time),
            Output = words.Output,
            Progress = words.Progress,
            Services = services,
        };
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
