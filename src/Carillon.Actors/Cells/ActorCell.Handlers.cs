using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>Handlers that go on asynchronously. At most one at a time: it holds the actor.</summary>
internal abstract partial class ActorCell
{
    /// <summary>Starts a handler. If it has not ended by itself, user messages wait until it has.</summary>
    internal void RunTask(Func<CancellationToken, Task> handler)
    {
        if (_phase != ActorPhase.Running || Extras.Handler is not null)
        {
            throw new InvalidOperationException(
                $"'{Path}' can run a task only while it handles a message, and one task at a time.");
        }

        var started = new HandlerTask(this);
        started.Begin(handler);
        if (started.Task!.IsCompleted)
        {
            started.Dispose();
            ThrowIfFailed(started);
            return;
        }

        Extras.Handler = started;
        Suspend();
        started.Await(Options.HandlerTimeout);
    }

    /// <summary>
    /// Takes note that a handler's task has ended. On the actor's turn, unless the actor has stopped.
    /// </summary>
    internal void EndHandler(HandlerTask ended)
    {
        var failure = FailureOf(ended.Task!);
        if (!ReferenceEquals(_extras?.Handler, ended))
        {
            LogIfFailed(failure);
            return;
        }

        LetGo(ended);
        if (failure is not null && _phase == ActorPhase.Running)
        {
            Fail(failure);
            return;
        }

        LogIfFailed(failure);
        ContinueIfFree();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A handler of {Path} that was to end threw")]
    private static partial void LogHandlerFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} stops or restarts without its handler")]
    private static partial void LogHandlerLeft(ILogger logger, string path, Exception exception);

    private static Exception? FailureOf(Task ended)
        => ended.IsCompletedSuccessfully ? null : ended.Exception?.InnerException ?? new TaskCanceledException(ended);

    private static void ThrowIfFailed(HandlerTask ended)
    {
        if (FailureOf(ended.Task!) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = SupervisionBoundary)]
    private void Continue(SystemMessage message)
    {
        try
        {
            message.Handler!.Continue(message.Callback!);
        }
        catch (Exception e) when (_phase == ActorPhase.Running)
        {
            Fail(e);
        }
        catch (Exception e)
        {
            LogHandlerFailed(System.Log, Path, e);
        }
    }

    /// <summary>Asks the handler to end soon: the actor waits for it, until its deadline.</summary>
    [SuppressMessage("Design", "CA1031", Justification = SupervisionBoundary)]
    private void CancelHandler(HandlerTask? handler)
    {
        try
        {
            handler?.Cancel();
        }
        catch (Exception e)
        {
            LogHandlerFailed(System.Log, Path, e);
        }
    }

    private void ExpireHandler(HandlerTask expired)
    {
        if (!ReferenceEquals(_extras?.Handler, expired))
        {
            return;
        }

        if (_phase == ActorPhase.Failed)
        {
            // The verdict on what failed, a child below, comes first.
            expired.Extend(Options.HandlerTimeout);
            return;
        }

        CancelHandler(expired);
        LetGo(expired);
        var timeout = new HandlerTimeoutException(Path, Options.HandlerTimeout);
        if (_phase == ActorPhase.Running)
        {
            Fail(timeout, canResume: false);
            return;
        }

        LogHandlerLeft(System.Log, Path, timeout);
        ContinueIfFree();
    }

    private void LetGo(HandlerTask handler)
    {
        Extras.Handler = null;
        handler.Dispose();
        Unsuspend();
    }

    private void LogIfFailed(Exception? failure)
    {
        if (failure is not (null or OperationCanceledException))
        {
            LogHandlerFailed(System.Log, Path, failure);
        }
    }
}
