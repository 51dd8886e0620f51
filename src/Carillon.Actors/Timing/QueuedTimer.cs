namespace Carillon.Actors;

/// <summary>One timer of a queue. Its place and times belong to the queue's lock.</summary>
internal sealed class QueuedTimer(TimerQueue queue, TimerCallback callback, object? state) : ITimer
{
    internal const int NotQueued = -1;

    private volatile bool _disposed;

    internal TimeSpan Due { get; set; }

    internal TimeSpan Period { get; set; }

    /// <summary>Decides between timers due at the same time.</summary>
    internal long Order { get; set; }

    internal int Index { get; set; } = NotQueued;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        queue.Change(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        queue.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (!_disposed)
        {
            callback(state);
        }
    }
}
