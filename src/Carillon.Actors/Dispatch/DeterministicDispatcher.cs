namespace Carillon.Actors;

/// <summary>
/// Runs actors on the calling thread, one message a turn, choosing by seed among those that are ready: the same seed
/// and the same inputs give the same run. Code awaited by actors and posted calls resumes here as well, as long as it
/// does not turn that off with ConfigureAwait(false).
/// </summary>
public sealed class DeterministicDispatcher : Dispatcher
{
    private readonly Lock _gate = new();
    private readonly List<(WorkItem Item, DispatcherGroup? Group)> _ready = [];
    private readonly Random _random;
    private readonly Context _context;
    private bool _running;

    /// <param name="seed">Decides every choice.</param>
    public DeterministicDispatcher(int seed)
    {
        _random = new Random(seed);
        _context = new Context(this);
    }

    /// <summary>Runs until nobody is ready.</summary>
    /// <param name="maxTurns">More turns than this mean that the actors never come to rest.</param>
    /// <returns>The number of turns taken.</returns>
    /// <exception cref="InvalidOperationException">
    /// Called from inside a turn, or <paramref name="maxTurns"/> exceeded.
    /// </exception>
    public int RunUntilIdle(int maxTurns = 10_000_000)
    {
        if (_running)
        {
            throw new InvalidOperationException("RunUntilIdle was called from inside a turn.");
        }

        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        _running = true;
        try
        {
            var turns = 0;
            while (TakeReady() is var (item, group))
            {
                if (turns++ == maxTurns)
                {
                    Schedule(item, group);
                    throw new InvalidOperationException($"The actors did not come to rest within {maxTurns} turns.");
                }

                SynchronizationContext.SetSynchronizationContext(group?.Context ?? _context);
                item.Run();
            }

            return turns;
        }
        finally
        {
            _running = false;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Makes a part whose actors can be made to stand still together, like those of one process.</summary>
    public DispatcherGroup AddGroup() => new(this);

    /// <summary>Queues a call as a turn of its own, for instance the start of an asynchronous scenario.</summary>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Schedule(new CallbackItem(static state => ((Action)state!)(), action));
    }

    internal override void Schedule(WorkItem item) => Schedule(item, group: null);

    internal void Schedule(WorkItem item, DispatcherGroup? group)
    {
        lock (_gate)
        {
            _ready.Add((item, group));
        }
    }

    internal override void Yield(WorkItem item) => Schedule(item);

    internal override int TurnLimit(int throughput) => 1;

    internal override void RunApart(string name, Func<Task> call) => Post(() => _ = call());

    internal override void Settle()
    {
        if (!_running)
        {
            RunUntilIdle();
        }
    }

    private (WorkItem Item, DispatcherGroup? Group)? TakeReady()
    {
        lock (_gate)
        {
            if (_ready.Count == 0)
            {
                return null;
            }

            var index = _random.Next(_ready.Count);
            var item = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return item;
        }
    }

    private sealed class Context(DeterministicDispatcher dispatcher) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
            => dispatcher.Schedule(new CallbackItem(d, state));

        public override SynchronizationContext CreateCopy() => this;
    }
}
