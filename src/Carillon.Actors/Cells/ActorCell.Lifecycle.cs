using System.Diagnostics.CodeAnalysis;

namespace Carillon.Actors;

/// <summary>An actor's own part in start, failure, restart and stop.</summary>
internal abstract partial class ActorCell
{
    private protected const string SupervisionBoundary = "What user code throws is for the supervisor, whatever it is.";

    /// <summary>Suspends the actor and what is below it, and asks the parent.</summary>
    private protected void Fail(Exception cause, bool canResume = true)
    {
        var failedToStart = _phase == ActorPhase.Starting;
        if (!failedToStart)
        {
            Suspend();
        }

        MoveTo(ActorPhase.Failed);
        TellChildren(SystemMessageKind.Suspend);
        _parent!.Send(new SystemMessage(SystemMessageKind.Failed)
        {
            Cell = this,
            Cause = cause,
            CanResume = canResume && !failedToStart,
        });
    }

    /// <summary>Makes an instance and runs its start hook.</summary>
    private protected abstract void CreateInstance(Exception? restartCause);

    /// <summary>Runs the last hook of the instance, if there is one, and lets go of it.</summary>
    private protected abstract void DropInstance(Exception? restartCause);

    /// <summary>Refuses further messages and turns those that wait into dead letters.</summary>
    private protected abstract void CloseMailbox();

    private void Handle(SystemMessage message)
    {
        switch (message.Kind)
        {
            case SystemMessageKind.Stop:
                Stop();
                break;
            case SystemMessageKind.Suspend:
                _suspensionsFromAbove++;
                Suspend();
                TellChildren(SystemMessageKind.Suspend);
                break;
            case SystemMessageKind.Resume:
                _suspensionsFromAbove--;
                Unsuspend();
                TellChildren(SystemMessageKind.Resume);
                break;
            case SystemMessageKind.Failed:
                Supervise(message);
                break;
            case SystemMessageKind.ResumeFailed:
            case SystemMessageKind.RestartFailed:
                FollowVerdict(message);
                break;
            case SystemMessageKind.BackoffElapsed:
                EndBackoff();
                break;
            case SystemMessageKind.ChildStopped:
                Extras.Budgets.Remove(message.Cell!);
                ContinueIfFree();
                break;
            case SystemMessageKind.Continue:
                Continue(message);
                break;
            case SystemMessageKind.HandlerExpired:
                ExpireHandler(message.Handler!);
                break;
            default:
                HandleWatching(message);
                break;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = SupervisionBoundary)]
    private void Start(Exception? restartCause)
    {
        try
        {
            CreateInstance(restartCause);
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        MoveTo(ActorPhase.Running);
        Unsuspend();
    }

    private void FollowVerdict(SystemMessage verdict)
    {
        if (_phase != ActorPhase.Failed)
        {
            return;
        }

        if (verdict.Kind == SystemMessageKind.ResumeFailed)
        {
            MoveTo(ActorPhase.Running);
            Unsuspend();
            TellChildren(SystemMessageKind.Resume);
            ResumeEscalated();
            return;
        }

        MoveTo(ActorPhase.Restarting);
        Extras.Restart = verdict;
        ForgetChildren();
        TellChildren(SystemMessageKind.Stop);
        CancelHandler(Extras.Handler);
        ContinueIfFree();
    }

    private void Stop()
    {
        if (_phase is ActorPhase.Stopping or ActorPhase.Stopped)
        {
            return;
        }

        // This suspension is never undone: no further user message is handled.
        Suspend();
        MoveTo(ActorPhase.Stopping);
        _extras?.Backoff?.Dispose();
        TellChildren(SystemMessageKind.Stop);
        CancelHandler(_extras?.Handler);
        ContinueIfFree();
    }

    /// <summary>Goes on with a restart or stop when neither a child nor a handler holds it up.</summary>
    private void ContinueIfFree()
    {
        if (_phase is not (ActorPhase.Restarting or ActorPhase.Stopping)
            || HasChildren()
            || _extras?.Handler is not null)
        {
            return;
        }

        if (_phase == ActorPhase.Stopping)
        {
            Terminate();
        }
        else
        {
            GoDown(Extras.Restart!);
        }
    }

    private void GoDown(SystemMessage verdict)
    {
        DropInstance(verdict.Cause);
        MoveTo(ActorPhase.Down);
        if (verdict.Delay == TimeSpan.Zero)
        {
            EndBackoff();
            return;
        }

        Extras.Backoff = System.Time.CreateTimer(
            static state => ((ActorCell)state!).Send(new SystemMessage(SystemMessageKind.BackoffElapsed)),
            this,
            verdict.Delay,
            Timeout.InfiniteTimeSpan);
    }

    private void EndBackoff()
    {
        if (_phase != ActorPhase.Down)
        {
            return;
        }

        var cause = Extras.Restart!.Cause;
        Extras.Restart = null;
        Extras.Backoff?.Dispose();
        Extras.Backoff = null;
        MoveTo(ActorPhase.Starting);
        Start(cause);
    }

    private void Terminate()
    {
        DropInstance(restartCause: null);
        MoveTo(ActorPhase.Stopped);
        CloseMailbox();
        _parent?.RemoveChild(this);
        EndWatching();
        HandleAll(Interlocked.Exchange(ref _systemInbox, SystemMessage.Closed));
    }

    private void MoveTo(ActorPhase phase)
    {
        if (!ActorPhases.CanMove(_phase, phase))
        {
            throw new InvalidOperationException($"'{Path}' cannot move from {_phase} to {phase}.");
        }

        _phase = phase;
    }
}
