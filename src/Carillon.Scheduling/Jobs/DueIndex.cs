namespace Carillon.Scheduling;

/// <summary>Which job wants to be woken when. Each job has at most one wish; a new one replaces it.</summary>
internal sealed class DueIndex
{
    /// <summary>How many replaced wishes there may be beside as many as there are jobs.</summary>
    private const int Slack = 64;

    // A replaced wish stays queued until its time comes or there are too many; the job knows which one counts.
    private readonly PriorityQueue<ScheduledJob, long> _queue = new();
    private int _wishing;

    /// <summary>How many wishes are kept, those that have been replaced included.</summary>
    public int Count => _queue.Count;

    /// <summary>The earliest wish, or null when there is none.</summary>
    public DateTimeOffset? Earliest
    {
        get
        {
            DropReplaced();
            return _queue.TryPeek(out var job, out _) ? job.WakeAt : null;
        }
    }

    /// <summary>Sets, replaces or with null removes a job's wish.</summary>
    public void Set(ScheduledJob job, DateTimeOffset? at)
    {
        if (job.WakeAt == at)
        {
            return;
        }

        _wishing += (at is null ? 0 : 1) - (job.WakeAt is null ? 0 : 1);
        job.WakeAt = at;
        if (at is { } wish)
        {
            _queue.Enqueue(job, wish.UtcTicks);
            DropReplacedWhenMany();
        }
    }

    /// <summary>Takes the job with the earliest wish that is due at <paramref name="now"/>, or answers null.</summary>
    public ScheduledJob? TakeDue(DateTimeOffset now)
    {
        DropReplaced();
        if (!_queue.TryPeek(out var job, out var at) || at > now.UtcTicks)
        {
            return null;
        }

        _queue.Dequeue();
        job.WakeAt = null;
        _wishing--;
        return job;
    }

    private void DropReplacedWhenMany()
    {
        if (_queue.Count <= (2 * _wishing) + Slack)
        {
            return;
        }

        var wishes = _queue.UnorderedItems.Where(static wish => wish.Element.WakeAt?.UtcTicks == wish.Priority).Distinct().ToArray();
        _queue.Clear();
        _queue.EnqueueRange(wishes);
    }

    private void DropReplaced()
    {
        while (_queue.TryPeek(out var job, out var at) && job.WakeAt?.UtcTicks != at)
        {
            _queue.Dequeue();
        }
    }
}
