using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>An actor's part as a parent: its children and the verdicts on their failures.</summary>
internal abstract partial class ActorCell
{
    private const int MaxNameLength = 256;

    internal bool IsChildOf(ActorCell parent) => ReferenceEquals(_parent, parent);

    internal IActorRef<TChild> Spawn<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options)
        where TChild : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        CheckName(name);
        var child = new ActorCell<TChild>(System, this, name, factory, options ?? ActorOptions.Default);
        var children = Extras.Children;
        lock (children)
        {
            if (_phase is not (ActorPhase.Starting or ActorPhase.Running))
            {
                throw new InvalidOperationException($"'{Path}' cannot spawn '{name}': it is stopping or restarting.");
            }

            if (!children.Add(child))
            {
                throw new ArgumentException($"'{Path}' already has a child named '{name}'.", nameof(name));
            }
        }

        child.ScheduleFirstTurn();
        return child;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} failed and resumes")]
    private static partial void LogResumed(ILogger logger, string path, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} failed and restarts in {Delay}")]
    private static partial void LogRestarted(ILogger logger, string path, TimeSpan delay, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} failed, and so does its parent")]
    private static partial void LogEscalated(ILogger logger, string path, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed and stops")]
    private static partial void LogStopped(ILogger logger, string path, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed and stops: its restarts are used up")]
    private static partial void LogUsedUp(ILogger logger, string path, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The strategy of {Path} threw; the failed child stops")]
    private static partial void LogUndecided(ILogger logger, string path, Exception exception);

    private static void CheckName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || name.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"Actor name '{name}' must have 1 to {MaxNameLength} characters and no '/'.", nameof(name));
        }
    }

    private void Supervise(SystemMessage failure)
    {
        if (_phase is ActorPhase.Restarting or ActorPhase.Stopping)
        {
            // The child has been told to stop.
            return;
        }

        var child = failure.Cell!;
        var cause = failure.Cause!;
        switch (Decide(cause))
        {
            case Directive.Resume when failure.CanResume:
                LogResumed(System.Log, child.Path, cause);
                child.Send(new SystemMessage(SystemMessageKind.ResumeFailed));
                break;
            case Directive.Resume:
            case Directive.Restart:
                RestartChild(failure);
                break;
            case Directive.Escalate:
                LogEscalated(System.Log, child.Path, cause);
                Extras.Escalated.Add(failure);
                if (_phase == ActorPhase.Running)
                {
                    Fail(cause);
                }

                break;
            default:
                LogStopped(System.Log, child.Path, cause);
                child.Send(new SystemMessage(SystemMessageKind.Stop));
                break;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = SupervisionBoundary)]
    private Directive Decide(Exception cause)
    {
        try
        {
            return Options.Supervisor.Decide(cause);
        }
        catch (Exception e)
        {
            LogUndecided(System.Log, Path, e);
            return Directive.Stop;
        }
    }

    private void RestartChild(SystemMessage failure)
    {
        var child = failure.Cell!;
        if (!Extras.Budgets.TryGetValue(child, out var budget))
        {
            budget = new RestartBudget(Options.Supervisor);
            Extras.Budgets.Add(child, budget);
        }

        var delay = budget.TakeRestart(System.Time.GetElapsedTime(0), System.Random.NextDouble());
        if (delay is null)
        {
            LogUsedUp(System.Log, child.Path, failure.Cause!);
            child.Send(new SystemMessage(SystemMessageKind.Stop));
            return;
        }

        LogRestarted(System.Log, child.Path, delay.Value, failure.Cause!);
        child.Send(
            new SystemMessage(SystemMessageKind.RestartFailed) { Cause = failure.Cause, Delay = delay.Value });
    }

    /// <summary>Undoes the own failures of the children whose failure this actor had taken over.</summary>
    private void ResumeEscalated()
    {
        foreach (var failure in Extras.Escalated)
        {
            if (failure.CanResume)
            {
                failure.Cell!.Send(new SystemMessage(SystemMessageKind.ResumeFailed));
            }
            else
            {
                RestartChild(failure);
            }
        }

        Extras.Escalated.Clear();
    }

    /// <summary>Drops what is only about the present children, which a restart is going to stop.</summary>
    private void ForgetChildren()
    {
        Extras.Escalated.Clear();
        foreach (var child in Extras.Watching.Keys.Where(IsMyChild).ToList())
        {
            Unwatch(child);
        }

        bool IsMyChild(ActorCell other) => other.IsChildOf(this);
    }

    private void TellChildren(SystemMessageKind kind)
    {
        if (_extras is null)
        {
            return;
        }

        lock (_extras.Children)
        {
            foreach (var child in _extras.Children)
            {
                child.Send(new SystemMessage(kind));
            }
        }
    }

    private bool HasChildren()
    {
        if (_extras is null)
        {
            return false;
        }

        lock (_extras.Children)
        {
            return _extras.Children.Count > 0;
        }
    }

    /// <summary>Frees the name of a stopped child before anybody hears that it stopped. On the child's turn.</summary>
    private void RemoveChild(ActorCell child)
    {
        var children = Extras.Children;
        lock (children)
        {
            children.Remove(child);
        }

        Send(new SystemMessage(SystemMessageKind.ChildStopped) { Cell = child });
    }
}
