namespace Carillon.Scheduling;

/// <summary>Slots and who waits for them. Pure: no clock, no messages.</summary>
public sealed class SlotTable
{
    private readonly int _slots;
    private readonly IReadOnlyDictionary<string, int> _shares;
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private long _arrivals;

    /// <summary>Makes a table in which every slot is free.</summary>
    public SlotTable(int slots, IReadOnlyDictionary<string, int> shares)
    {
        _slots = slots;
        _shares = shares;
        foreach (var name in shares.Keys)
        {
            QueueOf(name);
        }
    }

    /// <summary>Slots that are taken.</summary>
    public int Active { get; private set; }

    /// <summary>The queues that are configured or have been used.</summary>
    public IReadOnlyList<QueueState> Queues =>
        [.. _queues.Select(q => new QueueState(q.Key, q.Value.Share, q.Value.Active, q.Value.Waiting.Count, q.Value.OldestDueAt))];

    /// <summary>Puts a request in line.</summary>
    public void Enqueue(SlotRequest request)
    {
        QueueOf(request.Queue).Waiting.Enqueue(request, (-request.Priority, request.DueAt, _arrivals++));
    }

    /// <summary>Takes a slot for the request whose turn it is, or answers null when none may be served.</summary>
    public SlotRequest? TakeNext()
    {
        if (Active >= _slots)
        {
            return null;
        }

        Queue? best = null;
        (int Priority, DateTimeOffset DueAt, long Arrival) bestRank = default;
        foreach (var queue in _queues.Values)
        {
            if (queue.Active < queue.Share
                && queue.Waiting.TryPeek(out _, out var rank)
                && (best is null || rank.CompareTo(bestRank) < 0))
            {
                (best, bestRank) = (queue, rank);
            }
        }

        if (best is null)
        {
            return null;
        }

        best.Active++;
        Active++;
        return best.Waiting.Dequeue();
    }

    /// <summary>Takes a slot beyond what is free, for an attempt that must run all the same.</summary>
    public void TakeExtra(string queue)
    {
        QueueOf(queue).Active++;
        Active++;
    }

    /// <summary>Frees a slot of <paramref name="queue"/>.</summary>
    public void Free(string queue)
    {
        QueueOf(queue).Active--;
        Active--;
    }

    private Queue QueueOf(string name)
    {
        if (!_queues.TryGetValue(name, out var queue))
        {
            _queues.Add(name, queue = new Queue(_shares.GetValueOrDefault(name, _slots)));
        }

        return queue;
    }

    private sealed class Queue(int share)
    {
        public int Share { get; } = share;

        public int Active { get; set; }

        public PriorityQueue<SlotRequest, (int Priority, DateTimeOffset DueAt, long Arrival)> Waiting { get; } = new();

        public DateTimeOffset? OldestDueAt =>
            Waiting.Count == 0 ? null : Waiting.UnorderedItems.Min(i => i.Element.DueAt);
    }
}
