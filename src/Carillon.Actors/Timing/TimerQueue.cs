namespace Carillon.Actors;

/// <summary>Timers in the order they are due: earlier first, then first started. Thread-safe.</summary>
/// <param name="now">The steady time all due times are on.</param>
/// <param name="onEarliestChanged">Called under the queue's lock when a timer became the first one due.</param>
internal sealed class TimerQueue(Func<TimeSpan> now, Action<TimeSpan>? onEarliestChanged = null)
{
    /// <summary>A binary heap; each timer knows its place in it.</summary>
    private readonly List<QueuedTimer> _heap = [];
    private long _started;

    /// <summary>Guards the queue. An object, so that a provider can wait on it.</summary>
    internal object Gate { get; } = new();

    /// <summary>When the first timer is due, if there is one.</summary>
    internal TimeSpan? NextDue
    {
        get
        {
            lock (Gate)
            {
                return _heap.Count > 0 ? _heap[0].Due : null;
            }
        }
    }

    internal ITimer Create(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new QueuedTimer(this, callback, state);
        Change(timer, dueTime, period);
        return timer;
    }

    /// <summary>
    /// Arms the timer anew. An infinite due time disarms it; a period that is not positive fires it once.
    /// </summary>
    internal void Change(QueuedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        CheckTime(dueTime, nameof(dueTime));
        CheckTime(period, nameof(period));
        lock (Gate)
        {
            Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = Later(now(), dueTime);
            timer.Period = period;
            Insert(timer);
            if (timer.Index == 0)
            {
                onEarliestChanged?.Invoke(timer.Due);
            }
        }
    }

    /// <summary>
    /// Takes the first timer that is due. A periodic one is armed again from its due time, leaving out what was missed.
    /// </summary>
    internal QueuedTimer? TakeDue(TimeSpan current)
    {
        lock (Gate)
        {
            if (_heap.Count == 0 || _heap[0].Due > current)
            {
                return null;
            }

            var timer = _heap[0];
            Remove(timer);
            if (timer.Period > TimeSpan.Zero)
            {
                var missed = (current - timer.Due).Ticks / timer.Period.Ticks;
                timer.Due = Later(timer.Due, timer.Period * (missed + 1));
                Insert(timer);
            }

            return timer;
        }
    }

    internal void Disarm(QueuedTimer timer)
    {
        lock (Gate)
        {
            Remove(timer);
        }
    }

    private static void CheckTime(TimeSpan time, string name)
    {
        Require.That(
            time >= TimeSpan.Zero || time == Timeout.InfiniteTimeSpan, name, time, "zero, more, or infinite (-1 ms)");
    }

    /// <summary>The end of time is never reached: what falls behind it does not fire.</summary>
    private static TimeSpan Later(TimeSpan from, TimeSpan by)
        => by < TimeSpan.MaxValue - from ? from + by : TimeSpan.MaxValue;

    private static bool IsBefore(QueuedTimer x, QueuedTimer y) => x.Due != y.Due ? x.Due < y.Due : x.Order < y.Order;

    private void Insert(QueuedTimer timer)
    {
        timer.Order = _started++;
        _heap.Add(timer);
        SiftUp(timer, _heap.Count - 1);
    }

    private void Remove(QueuedTimer timer)
    {
        var index = timer.Index;
        if (index < 0)
        {
            return;
        }

        timer.Index = QueuedTimer.NotQueued;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (!ReferenceEquals(last, timer))
        {
            SiftDown(last, index);
            SiftUp(last, last.Index);
        }
    }

    private void SiftUp(QueuedTimer timer, int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsBefore(timer, _heap[parent]))
            {
                break;
            }

            Place(_heap[parent], index);
            index = parent;
        }

        Place(timer, index);
    }

    private void SiftDown(QueuedTimer timer, int index)
    {
        while (true)
        {
            var child = (2 * index) + 1;
            if (child + 1 < _heap.Count && IsBefore(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (child >= _heap.Count || !IsBefore(_heap[child], timer))
            {
                break;
            }

            Place(_heap[child], index);
            index = child;
        }

        Place(timer, index);
    }

    private void Place(QueuedTimer timer, int index)
    {
        _heap[index] = timer;
        timer.Index = index;
    }
}
