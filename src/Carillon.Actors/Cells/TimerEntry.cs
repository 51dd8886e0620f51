namespace Carillon.Actors;

/// <summary>
/// One started timer, and its message in the mailbox. The object is the timer's generation: starting the key again, or
/// restarting the actor, puts another in its place.
/// </summary>
internal sealed class TimerEntry<TMessage> : MessageNode<TMessage>, IRunsOnTimerThread, IDisposable
    where TMessage : class
{
    private readonly ActorCell<TMessage> _cell;
    private ActorTimers<TMessage>? _owner;
    private ITimer? _timer;
    private int _queued;

    internal TimerEntry(ActorCell<TMessage> cell, object key, TMessage message, bool isPeriodic)
        : base(message)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        _cell = cell;
        Key = key;
        IsPeriodic = isPeriodic;
    }

    internal object Key { get; }

    internal bool IsPeriodic { get; }

    internal override object? Undelivered => null;

    public void Dispose() => _timer?.Dispose();

    internal void Start(ActorTimers<TMessage> owner, TimeSpan delay, TimeSpan interval)
    {
        _owner = owner;
        _timer = _cell.System.Time.CreateTimer(
            static state => ((TimerEntry<TMessage>)state!).Fire(), this, delay, interval);
    }

    internal override bool TryTake(out TMessage taken)
    {
        Volatile.Write(ref _queued, 0);
        taken = Message;
        return _owner!.TryFire(this);
    }

    private void Fire()
    {
        if (Interlocked.Exchange(ref _queued, 1) == 0)
        {
            _cell.EnqueueOwn(this);
        }
    }
}
