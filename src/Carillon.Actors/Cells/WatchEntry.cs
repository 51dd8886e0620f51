namespace Carillon.Actors;

/// <summary>One watch and, when the watched actor has stopped, its message. Used on the watcher's turn only.</summary>
internal sealed class WatchEntry<TMessage>(ActorCell<TMessage> watcher, ActorCell subject, TMessage terminated)
    : MessageNode<TMessage>(terminated), IWatchEntry
    where TMessage : class
{
    private bool _queued;

    internal override object? Undelivered => null;

    public void Queue()
    {
        if (!_queued)
        {
            _queued = true;
            watcher.EnqueueOwn(this);
        }
    }

    internal override bool TryTake(out TMessage taken)
    {
        taken = Message;
        return watcher.TryEndWatch(subject, this);
    }
}
