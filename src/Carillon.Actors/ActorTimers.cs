namespace Carillon.Actors;

/// <summary>
/// The timers of one actor instance, by key. A timer that is replaced, cancelled or left behind by a restart delivers
/// nothing any more, even if its message was already in the mailbox. At most one message of a timer waits at a time,
/// and a full mailbox does not refuse it. Not thread-safe: use it only inside the actor's own calls.
/// </summary>
/// <typeparam name="TMessage">What the actor accepts.</typeparam>
public sealed class ActorTimers<TMessage>
    where TMessage : class
{
    private readonly ActorContext<TMessage> _context;
    private readonly Dictionary<object, TimerEntry<TMessage>> _entries = [];

    internal ActorTimers(ActorContext<TMessage> context)
    {
        _context = context;
    }

    /// <summary>Delivers a message once. Replaces a timer of the same key.</summary>
    /// <param name="key">Compared with Equals.</param>
    /// <param name="message">What to deliver.</param>
    /// <param name="delay">Zero or more.</param>
    public void StartSingle(object key, TMessage message, TimeSpan delay)
    {
        var entry = new TimerEntry<TMessage>(_context.Cell, key, message, isPeriodic: false);
        Start(entry, delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Delivers a message at a fixed rate: due times do not drift, and those missed in a pause come to one message.
    /// Replaces a timer of the same key.
    /// </summary>
    /// <param name="key">Compared with Equals.</param>
    /// <param name="message">What to deliver.</param>
    /// <param name="initialDelay">Zero or more.</param>
    /// <param name="interval">More than zero.</param>
    public void StartPeriodic(object key, TMessage message, TimeSpan initialDelay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(new TimerEntry<TMessage>(_context.Cell, key, message, isPeriodic: true), initialDelay, interval);
    }

    /// <summary>Ends a timer. No effect for a key without one.</summary>
    public void Cancel(object key)
    {
        _context.CheckTurn();
        End(key);
    }

    /// <summary>Whether the timer of the key has a message to deliver.</summary>
    public bool IsActive(object key) => _entries.ContainsKey(key);

    internal void CancelAll()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Dispose();
        }

        _entries.Clear();
    }

    /// <summary>Whether a firing is still wanted. Ends a timer that fires only once.</summary>
    internal bool TryFire(TimerEntry<TMessage> entry)
    {
        if (!_entries.TryGetValue(entry.Key, out var current) || !ReferenceEquals(current, entry))
        {
            return false;
        }

        if (!entry.IsPeriodic)
        {
            End(entry.Key);
        }

        return true;
    }

    private void Start(TimerEntry<TMessage> entry, TimeSpan delay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        End(entry.Key);
        _entries.Add(entry.Key, entry);
        entry.Start(this, delay, interval);
    }

    private void End(object key)
    {
        if (_entries.Remove(key, out var entry))
        {
            entry.Dispose();
        }
    }
}
