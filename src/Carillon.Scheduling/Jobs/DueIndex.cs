namespace Carillon.Scheduling;

/// <summary>Which job wants to be woken when. Each job has at most one wish; a new one replaces it.</summary>
internal sealed class DueIndex
{
    // A replaced wish stays queued until its time comes; the job knows which one counts.
    private readonly PriorityQueue<ScheduledJob, long> _queue = new();

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

        job.WakeAt = at;
        if (at is { } wish)
        {
            _queue.Enqueue(job, wish.UtcTicks);
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
        return job;
    }

    private void DropReplaced()
    {
        while (_queue.TryPeek(out var job, out var at) && job.WakeAt?.UtcTicks != at)
        {
            _queue.Dequeue();
        }
    }
}
