using System.Collections.Concurrent;

namespace Carillon.Actors;

/// <summary>
/// Runs actors on threads of its own, so that user code blocking the thread pool delays no actor. A thread that tells
/// an actor runs it itself, after its present turn; everything else is shared in order. When one thread stays in a
/// turn, another takes over what it has kept for itself.
/// </summary>
public sealed class ThreadDispatcher : Dispatcher, IDisposable
{
    private const int MaxThreads = 1024;

    /// <summary>After so many turns a thread looks at the shared queue before its own slot.</summary>
    private const int FairnessInterval = 32;
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    [ThreadStatic]
    private static Worker? Current;

    private readonly ConcurrentQueue<WorkItem> _shared = new();
    private readonly Worker[] _workers;

    /// <summary>
    /// Guards the fields below; parked threads wait on it. The fields are read outside as hints, after a fence.
    /// </summary>
    private readonly object _gate = new();
    private int _parked;
    private bool _waking;
    private bool _watched;
    private bool _stopping;

    /// <param name="name">Prefix of the thread names.</param>
    /// <param name="threads">1 to 1024.</param>
    public ThreadDispatcher(string name, int threads)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
        _workers = [.. Enumerable.Range(0, threads).Select(i => new Worker(this, $"{name}-{i}"))];
        foreach (var worker in _workers)
        {
            worker.Thread.Start();
        }
    }

    /// <summary>How many turns wait for a thread; those that a thread keeps for itself are not counted.</summary>
    public int QueueLength => _shared.Count;

    /// <summary>
    /// Ends the threads after their present turns, waiting for at most five seconds. Queued turns are dropped.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (var worker in _workers.Where(worker => !ReferenceEquals(worker, Current)))
        {
            worker.Thread.Join(LongestStop);
        }
    }

    internal override void Schedule(WorkItem item)
    {
        if (Current is { } worker && ReferenceEquals(worker.Dispatcher, this) && worker.Slot is null)
        {
            Interlocked.Exchange(ref worker.Slot, item);
            if (!_watched)
            {
                WakeOne();
            }

            return;
        }

        _shared.Enqueue(item);
        Interlocked.MemoryBarrier();
        WakeOne();
    }

    internal override void Yield(WorkItem item)
    {
        // A thread with nothing else to do takes the item back at once: nobody needs to wake up for it.
        var isAlone = _shared.IsEmpty && Current?.Slot is null;
        _shared.Enqueue(item);
        if (!isAlone)
        {
            Interlocked.MemoryBarrier();
            WakeOne();
        }
    }

    internal override void RunApart(string name, Func<Task> call) => OwnThreadContext.Start(name, call);

    /// <summary>
    /// Wakes a parked thread, unless one is already on its way: that one wakes the next if there is more.
    /// </summary>
    private void WakeOne()
    {
        if (Volatile.Read(ref _parked) == 0 || Volatile.Read(ref _waking))
        {
            return;
        }

        lock (_gate)
        {
            if (_parked > 0 && !_waking)
            {
                _waking = true;
                Monitor.Pulse(_gate);
            }
        }
    }

    private void Work(Worker worker)
    {
        Current = worker;
        while (!Volatile.Read(ref _stopping))
        {
            var item = Take(worker) ?? Park();
            if (item is not null)
            {
                Volatile.Write(ref worker.Turns, worker.Turns + 1);
                item.Run();
            }
        }
    }

    private WorkItem? Take(Worker worker)
    {
        var sharedFirst = worker.Turns % FairnessInterval == 0;
        if (sharedFirst && TakeShared() is { } shared)
        {
            return shared;
        }

        if (worker.Slot is not null && Interlocked.Exchange(ref worker.Slot, null) is { } own)
        {
            return own;
        }

        return sharedFirst ? null : TakeShared();
    }

    private WorkItem? TakeShared()
    {
        if (!_shared.TryDequeue(out var item))
        {
            return null;
        }

        if (!_shared.IsEmpty)
        {
            WakeOne();
        }

        return item;
    }

    /// <summary>Waits until there may be something to do.</summary>
    /// <returns>
    /// An item taken from a thread that is stuck in a turn, or <see langword="null"/> to look for one.
    /// </returns>
    private WorkItem? Park()
    {
        lock (_gate)
        {
            _parked++;
            Interlocked.MemoryBarrier();
            WorkItem? item = null;
            while (item is null && _shared.IsEmpty && !_stopping)
            {
                item = WaitOrWatch();
            }

            _parked--;
            HandOverWatch();
            return item;
        }
    }

    /// <summary>Leaves nobody unwatched: while a slot is filled, a parked thread takes the role.</summary>
    private void HandOverWatch()
    {
        Interlocked.MemoryBarrier();
        if (_parked > 0 && !_watched && _workers.Any(static worker => Volatile.Read(ref worker.Slot) is not null))
        {
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>While any thread is at work, one of the parked ones looks after the slots every millisecond.</summary>
    private WorkItem? WaitOrWatch()
    {
        var watches = !_watched && _parked < _workers.Length;
        _watched |= watches;
        var pulsed = Monitor.Wait(_gate, watches ? WatchInterval : Timeout.InfiniteTimeSpan);
        _waking = false;
        if (!watches)
        {
            return null;
        }

        _watched = false;
        return pulsed ? null : TakeStuck();
    }

    private WorkItem? TakeStuck()
    {
        foreach (var worker in _workers)
        {
            var turns = Volatile.Read(ref worker.Turns);
            var isStuck = turns == worker.TurnsSeen && Volatile.Read(ref worker.Slot) is not null;
            worker.TurnsSeen = turns;
            if (isStuck && Interlocked.Exchange(ref worker.Slot, null) is { } item)
            {
                return item;
            }
        }

        return null;
    }

    private sealed class Worker
    {
        internal Worker(ThreadDispatcher dispatcher, string name)
        {
            Dispatcher = dispatcher;
            Thread = new Thread(() => dispatcher.Work(this)) { IsBackground = true, Name = name };
        }

        internal ThreadDispatcher Dispatcher { get; }

        internal Thread Thread { get; }

        /// <summary>Filled by the thread itself only; emptied by it or by the one that watches.</summary>
        internal WorkItem? Slot;

        /// <summary>Turns begun.</summary>
        internal long Turns;

        /// <summary>Turns begun when last looked at; belongs to the dispatcher's gate.</summary>
        internal long TurnsSeen;
    }
}
