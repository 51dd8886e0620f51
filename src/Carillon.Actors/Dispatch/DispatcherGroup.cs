namespace Carillon.Actors;

/// <summary>
/// A part of a <see cref="DeterministicDispatcher"/>: its turns are chosen together with all others, and none is taken
/// while it stands still. Code awaited in its turns resumes in it.
/// </summary>
public sealed class DispatcherGroup : Dispatcher
{
    private readonly DeterministicDispatcher _dispatcher;
    private readonly List<WorkItem> _parked = [];

    internal DispatcherGroup(DeterministicDispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        Context = new GroupContext(this);
    }

    /// <summary>Whether it stands still.</summary>
    public bool IsPaused { get; private set; }

    internal SynchronizationContext Context { get; }

    /// <summary>Takes no turn from now on; what is queued waits.</summary>
    public void Pause()
    {
        IsPaused = true;
    }

    /// <summary>Goes on.</summary>
    public void Resume()
    {
        IsPaused = false;
        foreach (var item in _parked)
        {
            _dispatcher.Schedule(item, this);
        }

        _parked.Clear();
    }

    /// <summary>Queues a call as a turn of its own.</summary>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Schedule(new CallbackItem(static state => ((Action)state!)(), action));
    }

    internal override void Schedule(WorkItem item)
    {
        _dispatcher.Schedule(new Turn(this, item), this);
    }

    internal override void Yield(WorkItem item) => Schedule(item);

    internal override int TurnLimit(int throughput) => 1;

    internal override void RunApart(string name, Func<Task> call) => Post(() => _ = call());

    internal override void Settle() => _dispatcher.Settle();

    /// <summary>A turn that is put off when its group stands still as it comes.</summary>
    private sealed class Turn(DispatcherGroup group, WorkItem item) : WorkItem
    {
        internal override void Run()
        {
            if (group.IsPaused)
            {
                group._parked.Add(this);
            }
            else
            {
                item.Run();
            }
        }
    }

    private sealed class GroupContext(DispatcherGroup group) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => group.Schedule(new CallbackItem(d, state));

        public override SynchronizationContext CreateCopy() => this;
    }
}
