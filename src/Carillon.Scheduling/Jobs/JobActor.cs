using System.Diagnostics;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <summary>
/// One job under one term of its shard: it decides when the job runs, has every step recorded before the next one is
/// taken, and follows its attempts to their end. Decisions are made by <see cref="OccurrencePlanner"/> and
/// <see cref="FollowUp"/>; this class only carries them out.
/// </summary>
internal sealed partial class JobActor : Actor<object>
{
    private readonly ShardTerm _term;
    private readonly DateTimeOffset _activatedAt;
    private readonly SchedulingContext _context;
    private readonly IActorRef<Append> _writer;
    private readonly IActorRef<object> _shard;
    private readonly List<OpenAttempt> _open = [];
    private readonly StretchLog _stretches;

    private Job _job;
    private ISchedule _schedule;
    private DateTimeOffset _plannedThrough;
    private bool _hasHistory;
    private (DateTimeOffset From, DateTimeOffset To)? _lastBusy;
    private DateTimeOffset? _slotRequestedAt; // for the next occurrence of the schedule
    private DateTimeOffset? _nextUndecided;
    private DateTimeOffset? _due; // the occurrence that may run now
    private int _appendsInFlight;
    private int _handled; // messages of the shard

    /// <summary>Makes the actor of one job.</summary>
    /// <param name="start">The job, what it remembers, and what was open of it.</param>
    /// <param name="activatedAt">Since when its shard has had this owner.</param>
    /// <param name="term">The term under which it works.</param>
    /// <param name="context">What the job actors of a node share.</param>
    /// <param name="writer">Where it has things recorded.</param>
    /// <param name="shard">Its shard's scheduler.</param>
    public JobActor(
        JobStart start,
        DateTimeOffset activatedAt,
        ShardTerm term,
        SchedulingContext context,
        IActorRef<Append> writer,
        IActorRef<object> shard)
    {
        var memory = start.Memory ?? JobMemory.Of(start.Job);
        _job = start.Job;
        _schedule = context.ScheduleOf(_job);
        _plannedThrough = memory.PlannedThrough;
        _hasHistory = memory.HasHistory;
        _lastBusy = memory.LastBusy;
        _lastTrigger = memory.LastTrigger;
        _stretches = new StretchLog(memory.OpenStretch);
        _keys = new TriggerKeys(memory.Keys);
        _activatedAt = activatedAt;
        _open.AddRange(start.Open.Select(Recovered));
        _term = term;
        _context = context;
        _writer = writer;
        _shard = shard;
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        foreach (var open in _open.Where(o => o.Row.Node == _context.Node))
        {
            _context.Worker.Tell(new FindAttempt(open.Row.Key, _term, Context.Self));
        }

        Advance();
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        _handled += message is Wake or JobCommand or DrainJob ? 1 : 0;
        switch (message)
        {
            case Wake:
                Advance();
                break;
            case SlotGranted granted:
                UseSlot(granted);
                break;
            case AppendResult result:
                Continue(result);
                break;
            case AttemptEnded ended:
                Finish(ended);
                break;
            case AttemptUnknown unknown:
                HandOutAgain(unknown.Key);
                break;
            case JobCommand command:
                Accept(command);
                break;
            case DrainJob:
                StartDrain();
                break;
            default:
                throw new UnreachableException($"A job does not understand {message.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var open in _open.Where(o => o.Slot is not null))
        {
            _context.Worker.Tell(new ReturnSlot(open.TakeSlot()));
        }
    }

    private static OpenAttempt Recovered(Attempt row)
    {
        return row.State == AttemptState.Waiting
            ? new OpenAttempt(row, AttemptPhase.Waiting, row.Key.Attempt > 1 ? row.Key.ScheduledAt : null)
            : new OpenAttempt(row, AttemptPhase.Running, row.Key.Attempt > 1 ? row.Key.ScheduledAt : row.StartedAt);
    }

    /// <summary>Does everything that can be done now, and tells the shard when to come back.</summary>
    private void Advance()
    {
        if (_removal is not null)
        {
            RemoveWhenQuiet();
            return;
        }

        if (_change is not null)
        {
            return; // the job is about to be another one
        }

        var now = Context.Time.Now();
        ResolveDead(now);
        PlanDue(now);
        if (_stretches.HasClosed || _stretches.GrowthDueAt <= now)
        {
            AppendWrites(_stretches.TakeUnsaved());
        }

        if (_context.Gate.IsOpen)
        {
            RequestSlots(now);
        }

        WishToWake(now);
        ReportWhenDrained();
    }

    /// <summary>Decides about what is due, unless another owner may be doing so.</summary>
    private void PlanDue(DateTimeOffset now)
    {
        if (!_context.Gate.HoldsLease)
        {
            return;
        }

        var decision = OccurrencePlanner.Decide(_job, _schedule, _plannedThrough, now, Busy());
        foreach (var run in decision.NotRun)
        {
            _stretches.Add(run, now);
        }

        _plannedThrough = decision.Through;
        _nextUndecided = decision.Next;
        _due = decision.Run;
    }

    private BusyPeriod Busy()
    {
        var count = 0;
        DateTimeOffset? since = null;
        foreach (var open in _open)
        {
            since = Earlier(since, open.OpenSince);
            count += open.OpenSince is not null || open.Phase != AttemptPhase.Waiting ? 1 : 0;
        }

        return new BusyPeriod(count, since, _lastBusy);
    }

    private void RequestSlots(DateTimeOffset now)
    {
        foreach (var open in _open)
        {
            if (open.Phase == AttemptPhase.Waiting && open.Row.DueAt <= now && (open.OpenSince is not null || Busy().HasRoom(_job.Definition)))
            {
                open.MoveTo(AttemptPhase.Queued);
                open.SlotRequestedAt = now;
                _context.Worker.Tell(Request(open.Row.DueAt, open.Row.Key));
            }
        }

        if (_due is { } due && _slotRequestedAt is null)
        {
            _slotRequestedAt = now;
            _context.Worker.Tell(Request(due, attempt: null));
        }
    }

    private SlotRequest Request(DateTimeOffset dueAt, AttemptKey? attempt)
    {
        var job = _job.Definition;
        return new SlotRequest(job.Id, job.Queue, job.Priority, dueAt, Context.Self, attempt, job.ConcurrencyLimit);
    }

    private void UseSlot(SlotGranted granted)
    {
        var now = Context.Time.Now();
        if (granted.For is { } key)
        {
            StartWaiting(key, granted.Slot, now);
        }
        else
        {
            StartScheduled(granted.Slot, now);
        }

        Advance();
    }

    private void StartScheduled(Slot slot, DateTimeOffset now)
    {
        var requestedAt = _slotRequestedAt ?? now;
        _slotRequestedAt = null;
        var mayStart = _removal is null && _change is null && _context.Gate.IsOpen;
        if (mayStart)
        {
            PlanDue(now);
        }

        if (!mayStart || _due is not { } occurrence)
        {
            _context.Worker.Tell(new ReturnSlot(slot));
            return;
        }

        var attempt = new Attempt
        {
            Key = new AttemptKey(_job.Id, occurrence, 1),
            Shard = _term.Shard,
            Trigger = TriggerKind.Schedule,
            DueAt = occurrence,
            StartedAt = now,
            Node = slot.Node,
            WaitCause = WaitCauses.Longest(occurrence, _activatedAt, requestedAt, now),
        };
        var open = new OpenAttempt(attempt, AttemptPhase.Starting, now) { Slot = slot };
        _open.Add(open);
        _plannedThrough = occurrence;
        _due = null;
        _stretches.Close();
        AppendWrites([.. _stretches.TakeUnsaved(), new PlanAttempt(attempt)], appended =>
        {
            var at = appended.Events[^1];
            open.Row = open.Row with { PlannedNo = at.No, StartedNo = at.No, Epoch = _term.Epoch };
            HandOut(open);
        });
    }

    private void StartWaiting(AttemptKey key, Slot slot, DateTimeOffset now)
    {
        var open = _open.Find(o => o.Row.Key == key && o.Phase == AttemptPhase.Queued);
        if (open is null || _removal is not null || !_context.Gate.IsOpen)
        {
            open?.MoveTo(AttemptPhase.Waiting);
            _context.Worker.Tell(new ReturnSlot(slot));
            return;
        }

        open.Slot = slot;
        if (open.Row.StartedNo is not null)
        {
            HandOut(open);
            return;
        }

        var cause = WaitCauses.Longest(open.Row.DueAt, _activatedAt, open.SlotRequestedAt ?? now, now);
        open.MoveTo(AttemptPhase.Starting);
        open.OpenSince ??= now;
        var start = new StartAttempt(key, open.Row.DueAt, now, slot.Node, cause);
        AppendWrites([start], appended =>
        {
            open.Row = open.Row with { StartedNo = appended.Events[^1].No, Epoch = _term.Epoch, StartedAt = now, Node = slot.Node, WaitCause = cause };
            HandOut(open);
        });
    }

    /// <summary>
    /// Gives a committed start to the worker, while nobody else may resolve it. No earlier than this may user code run.
    /// </summary>
    private void HandOut(OpenAttempt open)
    {
        var slot = open.TakeSlot();
        if (_removal is null && open.CancelReason is null && _context.Gate.HoldsLease)
        {
            open.MoveTo(AttemptPhase.Running);
            _context.Worker.Tell(new RunAttempt(slot, _term, open.Row, _job.Definition, Context.Self));
        }
        else
        {
            open.MoveTo(AttemptPhase.Waiting);
            _context.Worker.Tell(new ReturnSlot(slot));
            EndIfCancelled(open);
            WishToWake(Context.Time.Now());
        }
    }

    /// <summary>The worker never got a start that is committed: the same attempt is handed out again.</summary>
    private void HandOutAgain(AttemptKey key)
    {
        if (_open.Find(o => o.Row.Key == key && o.Phase == AttemptPhase.Running) is { } open)
        {
            open.MoveTo(AttemptPhase.Waiting);
            EndIfCancelled(open);
            Advance();
        }
    }

    private void Finish(AttemptEnded ended)
    {
        if (_open.Find(o => o.Row.Key == ended.Key && o.Phase == AttemptPhase.Running) is { } open)
        {
            End(open, ended.Result);
        }
    }

    private void End(OpenAttempt open, AttemptResult ended, Action? then = null)
    {
        var outcome = CancelledUnlessSucceeded(open, ended);
        var (result, next) = FollowUp.Decide(
            _job.Definition, open.Row, outcome, Context.Time.Now(), Context.Random.NextDouble());
        var finish = new FinishAttempt(open.Row.Key, result, HadStarted: open.Row.StartedNo is not null);
        open.MoveTo(AttemptPhase.Ending);
        AppendWrites(next is null ? [finish] : [finish, new PlanAttempt(next)], _ =>
        {
            _context.Worker.Tell(new AttemptRecorded(open.Row.Key));
            _open.Remove(open);
            if (next is not null)
            {
                _open.Add(new OpenAttempt(next, AttemptPhase.Waiting, open.OpenSince) { CancelReason = open.CancelReason });
                EndIfCancelled(_open[^1]);
            }
            else if (open.OpenSince is { } since)
            {
                _lastBusy = (since, Context.Time.Now());
            }

            then?.Invoke();
            Advance();
        });
    }

    /// <summary>Ends the attempts of nodes that are dead and whose lease has passed: rerun or lost.</summary>
    private void ResolveDead(DateTimeOffset now)
    {
        foreach (var open in _open.Where(o => IsElsewhere(o) && _context.Directory.IsPast(o.Row.Node!.Value, now)).ToArray())
        {
            End(open, new AttemptResult { Outcome = Outcome.Lost, Reason = "worker_died" });
        }
    }

    private bool IsElsewhere(OpenAttempt open)
    {
        return open.Phase == AttemptPhase.Running && open.Row.Node is { } node && node != _context.Node;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other)
    {
        return one is null || other < one ? other ?? one : one;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other)
    {
        return one > other ? one : other;
    }
}
