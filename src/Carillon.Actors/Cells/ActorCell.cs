namespace Carillon.Actors;

/// <summary>
/// The life of one actor apart from its message type. It is the unit the dispatcher gives turns to; everything but
/// <see cref="Send"/>, the status word and the set of children is touched only on the actor's own turn.
/// </summary>
internal abstract partial class ActorCell : WorkItem, ITerminationListener, IActorSystemMember, IRunsOnTimerThread
{
    private const int Scheduled = 1;
    private const int OneSuspension = 2;

    /// <summary>Looking at the clock costs about as much as a message.</summary>
    private const int MessagesPerLook = 8;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMilliseconds(5);

    /// <summary>The cell that has its turn on this thread.</summary>
    [ThreadStatic]
    private static ActorCell? OnTurn;

    private readonly ActorCell? _parent;

    /// <summary>
    /// Bit 0: queued or running. The rest: how many reasons there are to handle no user messages, the first of which,
    /// not having started, a new cell is born with. Zero is idle and ready.
    /// </summary>
    private int _status;

    /// <summary>
    /// Those of the suspensions that failed ancestors caused. Small, as every idle actor pays for it.
    /// </summary>
    private short _suspensionsFromAbove;
    private ActorPhase _phase;
    private SystemMessage? _systemInbox;
    private CellExtras? _extras;

    private protected ActorCell(ActorSystem system, ActorCell? parent, string name, ActorOptions options)
    {
        System = system;
        _parent = parent;
        Name = name;
        Options = options;
        _suspensionsFromAbove = parent?._suspensionsFromAbove ?? 0;
        _status = Scheduled + (OneSuspension * (1 + _suspensionsFromAbove));
        if (parent is null)
        {
            // Any thread may spawn below the root: what it touches must exist.
            _ = Extras.Children;
        }
    }

    public string Path => _parent is null ? "" : $"{_parent.Path}/{Name}";

    public ActorSystem System { get; }

    internal string Name { get; }

    internal ActorOptions Options { get; }

    internal bool IsOnTurn => ReferenceEquals(OnTurn, this);

    private protected abstract bool HasMessages { get; }

    private CellExtras Extras => _extras ??= new CellExtras();

    /// <summary>The cell behind a reference.</summary>
    /// <exception cref="ArgumentException">The reference belongs to no actor system.</exception>
    internal static ActorCell Of<T>(IActorRef<T> actor)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor as ActorCell
            ?? throw new ArgumentException($"'{actor.Path}' is not an actor of an actor system.", nameof(actor));
    }

    /// <summary>Tells the cell something. Any thread. <see langword="false"/> when it has stopped.</summary>
    internal bool Send(SystemMessage message)
    {
        var head = Volatile.Read(ref _systemInbox);
        while (!ReferenceEquals(head, SystemMessage.Closed))
        {
            message.Next = head;
            var seen = Interlocked.CompareExchange(ref _systemInbox, message, head);
            if (ReferenceEquals(seen, head))
            {
                ScheduleAlways();
                return true;
            }

            head = seen;
        }

        return false;
    }

    internal void ScheduleFirstTurn() => System.Dispatcher.Schedule(this);

    internal sealed override void Run()
    {
        OnTurn = this;
        TakeTurn();
        OnTurn = null;
    }

    /// <summary>Schedules a turn for a user message, unless one is coming or user messages must wait.</summary>
    private protected void ScheduleIfReady()
    {
        if (Volatile.Read(ref _status) == 0 && Interlocked.CompareExchange(ref _status, Scheduled, 0) == 0)
        {
            System.Dispatcher.Schedule(this);
        }
    }

    /// <summary>Handles one user message. <see langword="false"/> when there is none.</summary>
    private protected abstract bool ReceiveNext();

    private void TakeTurn()
    {
        if (_phase == ActorPhase.Starting)
        {
            Start(restartCause: null);
        }

        HandleSystemMessages();
        HandleUserMessages();
        if (_phase == ActorPhase.Stopped)
        {
            return;
        }

        if (HasWork())
        {
            System.Dispatcher.Yield(this);
            return;
        }

        // Whoever added something before the bit was cleared did not schedule: look again.
        Interlocked.And(ref _status, ~Scheduled);
        if (HasWork())
        {
            ScheduleAlways();
        }
    }

    private void ScheduleAlways()
    {
        if ((Interlocked.Or(ref _status, Scheduled) & Scheduled) == 0)
        {
            System.Dispatcher.Schedule(this);
        }
    }

    private bool HasWork()
    {
        return Volatile.Read(ref _systemInbox) is not null
            || (Volatile.Read(ref _status) < OneSuspension && HasMessages);
    }

    /// <summary>Up to the throughput, or until the turn has lasted long enough.</summary>
    private void HandleUserMessages()
    {
        var limit = System.Dispatcher.TurnLimit(Options.Throughput);
        var startedAt = 0L;
        for (var handled = 1; handled <= limit && _status == Scheduled && ReceiveNext(); handled++)
        {
            HandleSystemMessages();
            if (handled == 1 && HasMessages)
            {
                startedAt = System.Time.GetTimestamp();
            }
            else if (handled % MessagesPerLook == 0 && System.Time.GetElapsedTime(startedAt) >= LongestTurn)
            {
                return;
            }
        }
    }

    private void HandleSystemMessages()
    {
        while (Volatile.Read(ref _systemInbox) is not null && _phase != ActorPhase.Stopped)
        {
            HandleAll(Interlocked.Exchange(ref _systemInbox, null));
        }
    }

    private void HandleAll(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        for (; oldest is not null; oldest = oldest.Next)
        {
            Handle(oldest);
        }
    }

    private void Suspend() => Interlocked.Add(ref _status, OneSuspension);

    private void Unsuspend() => Interlocked.Add(ref _status, -OneSuspension);
}
