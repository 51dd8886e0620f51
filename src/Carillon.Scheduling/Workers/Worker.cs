using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Runs the attempts of one node. It hands out slots, runs what is committed as started, and keeps every result until
/// its owner, whoever that is by then, has recorded it.
/// </summary>
public sealed partial class Worker : Actor<object>
{
    private static readonly object LimitTimer = new();
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    private readonly WorkerContext _context;
    private readonly AttemptRunner _runner;
    private readonly IUserCodePool _pool;
    private readonly WorkerOptions _options;
    private readonly SlotTable _slots;
    private readonly Dictionary<long, Slot> _reserved = [];
    private readonly Dictionary<AttemptKey, RunningAttempt> _attempts = [];
    private readonly Dictionary<AttemptKey, (long Epoch, DateTimeOffset At)> _tombstones = [];
    private long _lastSlot;
    private readonly Dictionary<string, List<SlotRequest>> _held = new(StringComparer.Ordinal);
    private int _running;
    private int _overdue; // attempts that have ended by their records while their code goes on
    private bool _draining;

    /// <summary>Makes the worker of one incarnation.</summary>
    /// <param name="context">Its node, and the others.</param>
    /// <param name="runner">Calls user code.</param>
    /// <param name="pool">Where user code runs.</param>
    /// <param name="options">How much it runs at once.</param>
    public Worker(WorkerContext context, AttemptRunner runner, IUserCodePool pool, WorkerOptions options)
    {
        _context = context;
        _runner = runner;
        _pool = pool;
        _options = options;
        _slots = new SlotTable(options.Slots, options.QueueSlots, options.QueueLimits);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.Timers.StartPeriodic("sweep", new SweepDue(), SweepInterval, SweepInterval);
        Context.Timers.StartPeriodic("report", new ReportDue(), ReportInterval, ReportInterval);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case SlotRequest request:
                Enqueue(request);
                Grant();
                break;
            case ReturnSlot back:
                FreeReservation(back.Slot);
                break;
            case RunAttempt run:
                Start(run);
                break;
            case Returned returned:
                Return(returned);
                break;
            case AttemptRecorded recorded:
                Forget(recorded.Key);
                break;
            case ShardTaken taken:
                Reconcile(taken);
                break;
            case FindAttempt find:
                Answer(find);
                break;
            case ReadWorker read:
                read.ReplyTo.Tell(State());
                break;
            case ReadAttempts read:
                read.ReplyTo.Tell(new LiveAttempts([.. read.Keys.Select(Live).OfType<LiveAttempt>()]));
                break;
            default:
                ReceiveControl(message);
                break;
        }
    }

    private void ReceiveControl(object message)
    {
        switch (message)
        {
            case CancelAttempt cancel:
                Cancel(cancel.Key, cancel.Reason);
                break;
            case TimeoutOver over:
                Cancel(over.Key, over.Reason);
                break;
            case GraceOver over:
                GiveUp(over.Key, over.Reason);
                break;
            case CancelAll cancel:
                CancelAll(cancel.Reason);
                break;
            case Drain:
                _isLeaving = true;
                _draining = true;
                break;
            case LimitOver:
                Grant();
                break;
            case SweepDue:
                Sweep();
                break;
            default:
                ReceiveOfOthers(message);
                break;
        }
    }

    private void CancelAll(string reason)
    {
        foreach (var key in _attempts.Where(a => a.Value.Result is null).Select(a => a.Key).ToArray())
        {
            Cancel(key, reason);
        }
    }

    private WorkerState State()
    {
        var unrecorded = _attempts.Values.Count(static a => !a.IsRecorded);
        return new WorkerState(_options.Slots, _slots.Active, _running, _overdue, unrecorded, _slots.Queues);
    }

    private LiveAttempt? Live(AttemptKey key)
    {
        return _attempts.TryGetValue(key, out var attempt) && attempt.State is { } state
            ? new LiveAttempt(key, state, attempt.Words.Progress.Latest, attempt.Words.Output)
            : null;
    }

    /// <summary>Puts a request in line, unless code of its job that should have ended leaves it no room.</summary>
    private void Enqueue(SlotRequest request)
    {
        if (!IsSuitableHere(request))
        {
            _elsewhere.Add(request);
        }
        else if (_overdue > 0 && CountCode(request.Job.Id) >= request.Limit)
        {
            if (!_held.TryGetValue(request.Job.Id, out var held))
            {
                _held.Add(request.Job.Id, held = []);
            }

            held.Add(request);
        }
        else
        {
            _slots.Enqueue(request);
        }
    }

    private int CountCode(string jobId)
    {
        return _attempts.Values.Count(a => !a.HasReturned && string.Equals(a.Run.Job.Id, jobId, StringComparison.Ordinal));
    }

    private void ReleaseHeld(string jobId)
    {
        _overdue--;
        if (_held.Remove(jobId, out var held))
        {
            held.ForEach(Enqueue);
        }
    }

    private void Grant()
    {
        var now = Context.Time.Now();
        while (!_draining && _slots.TakeNext(now, out var wasLimited) is { } request)
        {
            var slot = new Slot(++_lastSlot, _context.Node, request.Job.Queue, now, wasLimited ? WaitCause.Limit : WaitCause.Queue);
            _reserved.Add(slot.Id, slot);
            if (!request.ReplyTo.Tell(new SlotGranted(slot, request)))
            {
                FreeReservation(slot);
            }
        }

        if (_slots.LimitedUntil is { } until)
        {
            Context.Timers.StartSingle(LimitTimer, new LimitOver(), until - now);
        }

        Borrow();
    }

    private void FreeReservation(Slot slot)
    {
        if (_reserved.Remove(slot.Id))
        {
            _slots.FreeUnused(slot.Queue, slot.GrantedAt);
            Grant();
        }
    }

    private void Start(RunAttempt run)
    {
        var key = run.Attempt.Key;
        var isRefused = _attempts.ContainsKey(key) || (_tombstones.TryGetValue(key, out var tombstone) && run.Term.Epoch < tombstone.Epoch);
        if (isRefused || !_context.Gate.HoldsLease)
        {
            FreeReservation(run.Slot); // without a lease, whoever owns the job may be resolving it; else it is asked for
            return;
        }

        // A lapsed reservation is no reason to break a committed start: for once there is one more than slots.
        if (!_reserved.Remove(run.Slot.Id))
        {
            _slots.TakeExtra(run.Slot.Queue);
        }

        var attempt = new RunningAttempt(run, _runner, Context.Self);
        _attempts.Add(key, attempt);
        _running++;
        if (attempt.LimitAt(Context.Time.Now()) is var (after, reason))
        {
            Context.Timers.StartSingle(("timeout", key), new TimeoutOver(key, reason), after);
        }

        _pool.Queue(attempt);
    }

    private void Return(Returned returned)
    {
        var key = returned.Run.Attempt.Key;
        if (!_attempts.TryGetValue(key, out var attempt) || !ReferenceEquals(attempt.Run, returned.Run))
        {
            return;
        }

        attempt.HasReturned = true;
        _running--;
        if (attempt.IsLimited)
        {
            Context.Timers.Cancel(("timeout", key));
        }

        if (attempt.IsCancelled)
        {
            Context.Timers.Cancel(("grace", key));
        }

        _slots.Free(attempt.Run.Slot.Queue);
        if (attempt.Result is null)
        {
            End(attempt, returned.Result);
        }
        else
        {
            ReleaseHeld(key.JobId);
            if (attempt.IsRecorded)
            {
                _attempts.Remove(key);
            }
        }

        Grant();
    }

    private static void End(RunningAttempt attempt, AttemptResult result)
    {
        attempt.Result = result;
        attempt.ReplyTo.Tell(new AttemptEnded(attempt.Run.Attempt.Key, result));
    }

    private void Forget(AttemptKey key)
    {
        if (_attempts.TryGetValue(key, out var attempt))
        {
            attempt.IsRecorded = true;
            if (attempt.Result is null)
            {
                attempt.Result = new AttemptResult { Outcome = Outcome.Cancelled };
                _overdue++;
            }

            if (attempt.HasReturned)
            {
                _attempts.Remove(key);
            }
        }
    }

    private void Reconcile(ShardTaken taken)
    {
        var over = _attempts.Where(a => a.Value.Run.Term.Shard == taken.Term.Shard
            && a.Value.Run.Term.Epoch < taken.Term.Epoch
            && !taken.Open.Contains(a.Key));
        foreach (var key in over.Select(a => a.Key).ToArray())
        {
            Cancel(key, CancelReasons.Deleted);
            Forget(key);
        }
    }

    private void Answer(FindAttempt find)
    {
        if (!_attempts.TryGetValue(find.Key, out var attempt))
        {
            _tombstones[find.Key] = (Math.Max(find.Term.Epoch, _tombstones.GetValueOrDefault(find.Key).Epoch), Context.Time.Now());
            find.ReplyTo.Tell(new AttemptUnknown(find.Key, _context.Node));
            return;
        }

        if (attempt.HandTo(find.ReplyTo, find.Term) && attempt.Result is { } result)
        {
            find.ReplyTo.Tell(new AttemptEnded(find.Key, result));
        }
    }

    private void Cancel(AttemptKey key, string reason)
    {
        if (_attempts.TryGetValue(key, out var attempt) && !attempt.HasReturned && attempt.Cancel(reason, _pool))
        {
            Context.Timers.StartSingle(("grace", key), new GraceOver(key, reason), _options.CancelGrace);
        }
    }

    /// <summary>Reports the end of an attempt whose code ignores its cancellation. The slot stays taken until it returns.</summary>
    private void GiveUp(AttemptKey key, string reason)
    {
        if (_attempts.TryGetValue(key, out var attempt) && attempt.Result is null)
        {
            _overdue++;
            End(attempt, AttemptResults.Cancelled(reason) with
            {
                DurationMicroseconds = attempt.Microseconds,
                Output = attempt.Words.Output.Text(),
            });
        }
    }

    private void Sweep()
    {
        var now = Context.Time.Now();
        foreach (var lapsed in _reserved.Values.Where(s => now - s.GrantedAt > _options.ReservationTimeout).ToArray())
        {
            FreeReservation(lapsed);
        }

        foreach (var old in _tombstones.Where(t => now - t.Value.At > _options.ReservationTimeout).Select(t => t.Key).ToArray())
        {
            _tombstones.Remove(old);
        }
    }

    /// <summary>Tells a worker to hand out no more slots.</summary>
    public sealed record Drain;

    internal sealed record Returned(RunAttempt Run, AttemptResult Result);

    private sealed record TimeoutOver(AttemptKey Key, string Reason);

    private sealed record GraceOver(AttemptKey Key, string Reason);

    private sealed record SweepDue;

    private sealed record LimitOver;
}
