using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>A history that folds what is committed a moment after it could have: <see cref="PlantedBug.AnsweredBeforeFolding"/>.</summary>
internal sealed class LateHistory(Func<Actor<object>> make) : Actor<object>
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);

    private readonly Queue<CommittedEvents> _committed = new();
    private IActorRef<object> _history = null!; // made in PreStart

    protected override void PreStart()
    {
        _history = Context.Spawn("late", make);
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case CommittedEvents committed:
                _committed.Enqueue(committed);
                Context.Timers.StartSingle(committed, new FoldNext(), Late);
                break;
            case FoldNext:
                _history.Tell(_committed.Dequeue());
                break;
            default:
                _history.Tell(message);
                break;
        }
    }

    private sealed record FoldNext;
}
