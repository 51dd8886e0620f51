using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Slots and who waits for them. Pure: no clock, no messages. The job goes first that had a slot the longest ago: jobs take
/// turns, and one that is on time does not wait for those that are far behind.
/// </summary>
public sealed class SlotTable
{
    private readonly int _slots;
    private readonly IReadOnlyDictionary<string, int> _shares;
    private readonly IReadOnlyDictionary<string, StartLimit> _limits;
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private long _arrivals;

    /// <summary>Makes a table in which every slot is free.</summary>
    /// <param name="slots">How many there are.</param>
    /// <param name="shares">How many of them single queues may take.</param>
    /// <param name="limits">How often single queues may take one; null for none.</param>
    public SlotTable(int slots, IReadOnlyDictionary<string, int> shares, IReadOnlyDictionary<string, StartLimit>? limits = null)
    {
        _slots = slots;
        _shares = shares;
        _limits = limits ?? new Dictionary<string, StartLimit>(StringComparer.Ordinal);
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
        QueueOf(request.Job.Queue).Waiting.Enqueue(request, (-request.Job.Priority, request.LastSlotTicks, _arrivals++));
    }

    /// <summary>
    /// When a request that only its queue's limit holds back may be served, as the last <see cref="TakeNext"/> found;
    /// null when there is none.
    /// </summary>
    public DateTimeOffset? LimitedUntil { get; private set; }

    /// <summary>Takes a slot for the request whose turn it is, or answers null when none may be served.</summary>
    /// <param name="now">The present.</param>
    /// <param name="wasLimited">Whether its queue's limit held it, or one before it, back.</param>
    public SlotRequest? TakeNext(DateTimeOffset now, out bool wasLimited)
    {
        LimitedUntil = null;
        wasLimited = false;
        if (Active >= _slots)
        {
            return null;
        }

        Queue? best = null;
        (int Priority, long LastSlotTicks, long Arrival) bestRank = default;
        foreach (var queue in _queues.Values)
        {
            if (queue.Active < queue.Share
                && queue.Waiting.TryPeek(out _, out var rank)
                && !IsLimited(queue, now)
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
        best.Limiter?.Add(now);
        wasLimited = best.WasLimited;
        var taken = best.Waiting.Dequeue();
        best.WasLimited &= best.Waiting.Count > 0;
        return taken;
    }

    /// <summary>Takes a slot for somebody who does not wait in line; false when none is free, or somebody waits for it.</summary>
    public bool TryTake(string queue, DateTimeOffset now)
    {
        var line = QueueOf(queue);
        if (Active >= _slots || line.Active >= line.Share || line.Waiting.Count > 0 || IsLimited(line, now))
        {
            return false;
        }

        line.Active++;
        Active++;
        line.Limiter?.Add(now);
        return true;
    }

    /// <summary>
    /// Takes the first of a queue that can be served elsewhere out of line, or answers null. To be called when
    /// <see cref="TakeNext"/> finds nobody to serve.
    /// </summary>
    public SlotRequest? TakeBlocked(Func<SlotRequest, bool> canGo)
    {
        Queue? best = null;
        (int Priority, long LastSlotTicks, long Arrival) bestRank = default;
        foreach (var queue in _queues.Values)
        {
            if (queue.Waiting.TryPeek(out var first, out var rank) && canGo(first) && (best is null || rank.CompareTo(bestRank) < 0))
            {
                (best, bestRank) = (queue, rank);
            }
        }

        return best?.Waiting.Dequeue();
    }

    /// <summary>Frees a slot that was not used for a start: it does not count against the queue's limit.</summary>
    public void FreeUnused(string queue, DateTimeOffset takenAt)
    {
        QueueOf(queue).Limiter?.Forget(takenAt);
        Free(queue);
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

    private bool IsLimited(Queue queue, DateTimeOffset now)
    {
        if (queue.Limiter?.BlockedUntil(now) is not { } until)
        {
            return false;
        }

        queue.WasLimited = true;
        LimitedUntil = LimitedUntil < until ? LimitedUntil : until;
        return true;
    }

    private Queue QueueOf(string name)
    {
        if (!_queues.TryGetValue(name, out var queue))
        {
            _queues.Add(name, queue = new Queue(_shares.GetValueOrDefault(name, _slots), _limits.GetValueOrDefault(name)));
        }

        return queue;
    }

    private sealed class Queue(int share, StartLimit? limit)
    {
        public StartLimiter? Limiter { get; } = limit is null ? null : new StartLimiter(limit, []);

        public bool WasLimited { get; set; }

        public int Share { get; } = share;

        public int Active { get; set; }

        public PriorityQueue<SlotRequest, (int Priority, long LastSlotTicks, long Arrival)> Waiting { get; } = new();

        public DateTimeOffset? OldestDueAt =>
            Waiting.Count == 0 ? null : Waiting.UnorderedItems.Min(i => i.Element.DueAt);
    }
}
