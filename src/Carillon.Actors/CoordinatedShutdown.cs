using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>
/// The ordered end of a process: phases run in the order they were added, the tasks of one phase together. A phase that
/// exceeds its timeout is left behind, a task that fails is logged, and neither keeps later phases from running. On a
/// <see cref="ThreadDispatcher"/> all of it runs on a thread of its own, so that user code blocking the thread pool
/// delays no phase.
/// </summary>
public sealed partial class CoordinatedShutdown
{
    private readonly TimeProvider _time;
    private readonly Dispatcher _dispatcher;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<Phase> _phases = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    /// <param name="time">Clock of the timeouts.</param>
    /// <param name="dispatcher">Where the phases run.</param>
    /// <param name="logger">Told about every phase and failure.</param>
    internal CoordinatedShutdown(TimeProvider time, Dispatcher dispatcher, ILogger logger)
    {
        _time = time;
        _dispatcher = dispatcher;
        _logger = logger;
    }

    /// <summary>Adds a phase after those there are.</summary>
    /// <param name="name">Unique.</param>
    /// <param name="timeout">More than zero; how long the phase's tasks may take together.</param>
    /// <exception cref="InvalidOperationException">The shutdown has started.</exception>
    public void AddPhase(string name, TimeSpan timeout)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        lock (_gate)
        {
            CheckNotStarted();
            if (Find(name) is not null)
            {
                throw new ArgumentException($"Phase '{name}' exists already.", nameof(name));
            }

            _phases.Add(new Phase(name, timeout, []));
        }
    }

    /// <summary>Adds a task to a phase.</summary>
    /// <param name="phase">A phase that has been added.</param>
    /// <param name="name">For logs.</param>
    /// <param name="task">
    /// Must not block: the phases share one thread. The token is cancelled when the phase has used up its time.
    /// </param>
    /// <exception cref="ArgumentException">No such phase.</exception>
    /// <exception cref="InvalidOperationException">The shutdown has started.</exception>
    public void AddTask(string phase, string name, Func<CancellationToken, Task> task)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(task);
        lock (_gate)
        {
            CheckNotStarted();
            var target = Find(phase)
                ?? throw new ArgumentException(
                    $"There is no phase '{phase}', only {string.Join(", ", _phases.Select(p => p.Name))}.",
                    nameof(phase));
            target.Tasks.Add(new ShutdownTask(name, task));
        }
    }

    /// <summary>Runs the phases, once: further calls return the same task, which never fails.</summary>
    /// <param name="reason">For logs.</param>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "Every caller gets the task of the one run.")]
    public Task RunAsync(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        lock (_gate)
        {
            if (_started)
            {
                return _completion.Task;
            }

            _started = true;
        }

        LogStarted(_logger, reason);
        _dispatcher.RunApart("carillon-shutdown", RunPhasesAsync);
        return _completion.Task;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutdown: {Reason}")]
    private static partial void LogStarted(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutdown phase {Phase} done in {Elapsed}")]
    private static partial void LogPhase(ILogger logger, string phase, TimeSpan elapsed);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Shutdown phase {Phase} exceeded {Timeout}; not finished: {Unfinished}")]
    private static partial void LogTimedOut(ILogger logger, string phase, TimeSpan timeout, string unfinished);

    [LoggerMessage(Level = LogLevel.Error, Message = "Shutdown task {Task} of phase {Phase} failed")]
    private static partial void LogFailed(ILogger logger, string phase, string task, Exception exception);

    private async Task RunPhasesAsync()
    {
        foreach (var phase in _phases)
        {
            await RunPhaseAsync(phase);
        }

        _completion.SetResult();
    }

    private async Task RunPhaseAsync(Phase phase)
    {
        var startedAt = _time.GetTimestamp();
        using var expired = new CancellationTokenSource();

        // Its continuations need not be made asynchronous, which would take them through the thread pool: the only one
        // goes to the context the phases run in, never to the clock's thread.
        var timeout = new TaskCompletionSource();
        await using var timer = _time.CreateTimer(
            static state => ((TaskCompletionSource)state!).TrySetResult(),
            timeout,
            phase.Timeout,
            Timeout.InfiniteTimeSpan);
        var running = phase.Tasks.ConvertAll(task => RunTaskAsync(phase, task, expired.Token));
        var all = Task.WhenAll(running);
        if (await Task.WhenAny(all, timeout.Task) == all)
        {
            var elapsed = _time.GetElapsedTime(startedAt);
            LogPhase(_logger, phase.Name, elapsed);
            return;
        }

        var unfinished = phase.Tasks.Where((_, i) => !running[i].IsCompleted).Select(task => task.Name);
        var names = string.Join(", ", unfinished);
        LogTimedOut(_logger, phase.Name, phase.Timeout, names);
        Cancel(phase, expired);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a callback throws, the phases after it must run.")]
    private void Cancel(Phase phase, CancellationTokenSource expired)
    {
        try
        {
            expired.Cancel();
        }
        catch (Exception e)
        {
            LogFailed(_logger, phase.Name, "cancellation", e);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a task throws, the phases after it must run.")]
    private async Task RunTaskAsync(Phase phase, ShutdownTask task, CancellationToken expired)
    {
        try
        {
            await task.Run(expired);
        }
        catch (Exception e)
        {
            LogFailed(_logger, phase.Name, task.Name, e);
        }
    }

    private void CheckNotStarted()
    {
        if (_started)
        {
            throw new InvalidOperationException("The shutdown has started.");
        }
    }

    private Phase? Find(string name)
        => _phases.Find(phase => string.Equals(phase.Name, name, StringComparison.Ordinal));

    private sealed record Phase(string Name, TimeSpan Timeout, List<ShutdownTask> Tasks);

    private sealed record ShutdownTask(string Name, Func<CancellationToken, Task> Run);
}
