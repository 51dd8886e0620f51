namespace Carillon.Actors;

/// <summary>Gives turns to actors that have something to do.</summary>
public abstract class Dispatcher
{
    private protected Dispatcher()
    {
    }

    /// <summary>Queues a turn. The caller makes sure that an item is queued or running at most once.</summary>
    internal abstract void Schedule(WorkItem item);

    /// <summary>Queues another turn behind everybody who waits, for an item that has used up its current one.</summary>
    internal abstract void Yield(WorkItem item);

    /// <summary>The number of messages an actor handles in one turn.</summary>
    internal virtual int TurnLimit(int throughput) => throughput;

    /// <summary>Runs an asynchronous call, which must not fail, apart from the turns and the thread pool.</summary>
    internal abstract void RunApart(string name, Func<Task> call);

    /// <summary>Runs what is queued if nobody else would.</summary>
    internal virtual void Settle()
    {
    }
}
