namespace Carillon.Actors;

/// <summary>Death watch, on both sides.</summary>
internal abstract partial class ActorCell
{
    public void OnTerminated(ActorCell subject)
        => Send(new SystemMessage(SystemMessageKind.Terminated) { Cell = subject });

    /// <summary>Starts a watch, in place of one that may exist.</summary>
    internal void Watch(ActorCell subject, IWatchEntry entry)
    {
        if (ReferenceEquals(subject, this))
        {
            throw new ArgumentException($"'{Path}' cannot watch itself.", nameof(subject));
        }

        Extras.Watching[subject] = entry;
        if (!subject.Send(new SystemMessage(SystemMessageKind.Watch) { Listener = this }))
        {
            entry.Queue();
        }
    }

    internal void Unwatch(ActorCell subject)
    {
        if (_extras is not null && _extras.Watching.Remove(subject))
        {
            subject.Send(new SystemMessage(SystemMessageKind.Unwatch) { Listener = this });
        }
    }

    /// <summary>
    /// Ends a watch whose message has come. <see langword="false"/> if it was ended or replaced before.
    /// </summary>
    internal bool TryEndWatch(ActorCell subject, IWatchEntry entry)
    {
        var watching = Extras.Watching;
        return watching.TryGetValue(subject, out var current)
            && ReferenceEquals(current, entry)
            && watching.Remove(subject);
    }

    private void HandleWatching(SystemMessage message)
    {
        switch (message.Kind)
        {
            case SystemMessageKind.Watch when _phase == ActorPhase.Stopped:
                message.Listener!.OnTerminated(this);
                break;
            case SystemMessageKind.Watch:
                Extras.Listeners.Add(message.Listener!);
                break;
            case SystemMessageKind.Unwatch:
                Extras.Listeners.Remove(message.Listener!);
                break;
            case SystemMessageKind.Terminated when Extras.Watching.TryGetValue(message.Cell!, out var watch):
                watch.Queue();
                break;
        }
    }

    /// <summary>Tells whoever watches this stopped actor, and stops watching others.</summary>
    private void EndWatching()
    {
        if (_extras is null)
        {
            return;
        }

        foreach (var listener in _extras.Listeners)
        {
            listener.OnTerminated(this);
        }

        _extras.Listeners.Clear();
        foreach (var subject in _extras.Watching.Keys.ToList())
        {
            Unwatch(subject);
        }
    }
}
