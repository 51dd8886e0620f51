namespace Carillon.Scheduling;

/// <summary>Which job wants to be woken when. Each job has at most one wish; a new one replaces it.</summary>
public sealed class DueIndex
{
    private readonly PriorityQueue<string, DateTimeOffset> _queue = new();
    private readonly Dictionary<string, DateTimeOffset> _wishes = new(StringComparer.Ordinal);

    /// <summary>The earliest wish, or null when there is none.</summary>
    public DateTimeOffset? Earliest
    {
        get
        {
            DropReplaced();
            return _queue.TryPeek(out _, out var at) ? at : null;
        }
    }

    /// <summary>Sets, replaces or with null removes a job's wish.</summary>
    public void Set(string jobId, DateTimeOffset? at)
    {
        if (at is not { } wish)
        {
            _wishes.Remove(jobId);
        }
        else if (!_wishes.TryGetValue(jobId, out var earlier) || earlier != wish)
        {
            _wishes[jobId] = wish;
            _queue.Enqueue(jobId, wish);
        }
    }

    /// <summary>Takes the job with the earliest wish that is due at <paramref name="now"/>, or answers null.</summary>
    public string? TakeDue(DateTimeOffset now)
    {
        DropReplaced();
        if (!_queue.TryPeek(out var jobId, out var at) || at > now)
        {
            return null;
        }

        _queue.Dequeue();
        _wishes.Remove(jobId);
        return jobId;
    }

    private void DropReplaced()
    {
        while (_queue.TryPeek(out var jobId, out var at) && (!_wishes.TryGetValue(jobId, out var wish) || wish != at))
        {
            _queue.Dequeue();
        }
    }
}
