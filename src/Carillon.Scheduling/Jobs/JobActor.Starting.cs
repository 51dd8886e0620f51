using Carillon.Cluster;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Scheduling;

/// <content>The way of an occurrence to its worker: a slot, the record of its start, and then the attempt.</content>
internal sealed partial class JobActor
{
    private void RequestSlots(DateTimeOffset now)
    {
        var isLimited = LimitedUntil(now) is not null;
        var room = _job.Definition.ConcurrencyLimit - Busy(now).OpenCount;
        foreach (var open in _open)
        {
            if (open.Phase == AttemptPhase.Waiting
                && open.Row.DueAt <= now
                && (open.HasStarted || !isLimited)
                && (open.OpenSince is not null || room > 0))
            {
                room -= open.OpenSince is null ? 1 : 0;
                open.MoveTo(AttemptPhase.Queued);
                open.SlotRequestedAt = now;
                _context.Worker.Tell(Request(open.Row.DueAt, open));
            }
        }

        if (_due is { } due && _slotRequestedAt is null && !isLimited)
        {
            _slotRequestedAt = now;
            _context.Worker.Tell(Request(due, open: null));
        }
    }

    /// <summary>Until when the job's own limit forbids another start, or null when it does not.</summary>
    private DateTimeOffset? LimitedUntil(DateTimeOffset now)
    {
        if (_job.Definition.StartLimit is not { } limit)
        {
            return null;
        }

        if (_limiter?.Limit != limit)
        {
            _limiter = new StartLimiter(limit, _limiter?.Starts ?? []);
        }

        return _limiter.BlockedUntil(now);
    }

    private bool MayStart(DateTimeOffset now)
    {
        return _context.Gate.IsOpen && !_context.Pause.IsPaused(now);
    }

    private SlotRequest Request(DateTimeOffset dueAt, OpenAttempt? open)
    {
        return new SlotRequest(_job.Definition, dueAt, Context.Self, open?.Row, _lastSlotTicks);
    }

    private void Return(Slot slot)
    {
        _context.WorkerOf(slot.Node).Tell(new ReturnSlot(slot));
    }

    private void UseSlot(SlotGranted granted)
    {
        var now = Context.Time.Now();
        _lastSlotTicks = granted.Slot.GrantedAt.UtcTicks;
        if (_isYielding)
        {
            Return(granted.Slot);
        }
        else if (granted.Request.For is { } row)
        {
            StartWaiting(row.Key, granted.Slot, now);
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
        var mayStart = _removal is null && _change is null && MayStart(now) && LimitedUntil(now) is null;
        if (mayStart)
        {
            PlanDue(now);
        }

        if (!mayStart || _due is not { } occurrence)
        {
            Return(slot);
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
            WaitCause = WaitCauses.Longest(occurrence, _activatedAt, requestedAt, now, slot.WaitedFor),
        };
        _limiter?.Add(now);
        var open = new OpenAttempt(attempt, AttemptPhase.Starting, now) { Slot = slot };
        _open.Add(open);
        _plannedThrough = occurrence;
        _due = null;
        _stretches.Close();
        var stretches = _stretches.TakeUnsaved();
        var plan = new PlanAttempt(attempt);
        AppendWrites(stretches.Count == 0 ? [plan] : [.. stretches, plan], new StartStep(open, stretches));
    }

    /// <summary>
    /// Leaves out an occurrence that the store does not take: an earlier job of the same id had it before the clock was
    /// set back. Read afresh, the job would come to the same occurrence again, and its shard to no other job.
    /// </summary>
    private void PassOver(OpenAttempt open, IReadOnlyList<SaveOccurrenceRun> stretches, string problem)
    {
        LogPassedOver(Context.Log, open.Row.Key, problem);
        Return(open.TakeSlot());
        _limiter?.Forget(open.Row.StartedAt!.Value);
        _open.Remove(open);
        if (stretches.Count > 0)
        {
            AppendWrites(stretches);
        }

        Advance();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Occurrence} is not run: {Problem}.")]
    private static partial void LogPassedOver(ILogger log, AttemptKey occurrence, string problem);

    private void StartWaiting(AttemptKey key, Slot slot, DateTimeOffset now)
    {
        var open = Find(key, AttemptPhase.Queued);
        var isLimited = open is not { HasStarted: true } && LimitedUntil(now) is not null;
        if (open is null || _removal is not null || isLimited || !MayStart(now))
        {
            open?.MoveTo(AttemptPhase.Waiting);
            Return(slot);
            return;
        }

        open.Slot = slot;
        if (open.HasStarted)
        {
            HandOut(open);
            return;
        }

        var cause = WaitCauses.Longest(open.Row.DueAt, _activatedAt, open.SlotRequestedAt ?? now, now, slot.WaitedFor);
        _limiter?.Add(now);
        open.MoveTo(AttemptPhase.Starting);
        open.OpenSince ??= now;
        var start = new StartAttempt(key, open.Row.DueAt, now, slot.Node, cause);
        AppendWrites([start], appended =>
        {
            open.FencingToken = Attempt.TokenOf(_term.Epoch, appended.LastNo);
            open.Row = open.Row with { StartedAt = now, Node = slot.Node, WaitCause = cause };
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
            open.TraceParent = AttemptSpans.Scheduled(open.Row, _job.Definition, slot.GrantedAt, Context.Time.Now(), Context.Log);
            open.AskedAt = Context.Time.GetTimestamp();
            _context.WorkerOf(slot.Node).Tell(new RunAttempt(
                slot, _term, open.Row, open.FencingToken!.Value, _job.Definition, Context.Self, open.TraceParent));
            ReplaceOlder(Context.Time.Now()); // by what fell due while this start was being recorded
        }
        else
        {
            open.MoveTo(AttemptPhase.Waiting);
            Return(slot);
            EndIfCancelled(open);
        }

        WishToWake(Context.Time.Now()); // also to ask for it: its worker may die, and nothing else may wake the job
    }

    /// <summary>
    /// Asks the workers for what they run: at first, to be told its end; later, because what was sent may be lost, or was
    /// refused by a worker whose lease was over for a moment.
    /// </summary>
    private void AskForRunning(long now)
    {
        foreach (var open in _open)
        {
            if (open.Phase == AttemptPhase.Running
                && open.Row.Node is { } node
                && _context.Lives(node)
                && (open.AskedAt is not { } asked || Context.Time.GetElapsedTime(asked, now) >= RunningRecheck))
            {
                open.AskedAt = now;
                _context.WorkerOf(node).Tell(new FindAttempt(open.Row.Key, _term, Context.Self));
            }
        }
    }

    /// <summary>The worker never got a start that is committed: the same attempt is handed out again, to the same node.</summary>
    private void HandOutAgain(AttemptUnknown unknown)
    {
        if (!_isYielding && Find(unknown.Key, AttemptPhase.Running) is { } open && open.Row.Node == unknown.Node)
        {
            open.MoveTo(AttemptPhase.Waiting);
            EndIfCancelled(open);
            Advance();
        }
    }

    /// <summary>A scheduled occurrence is recorded, planned and started at once.</summary>
    private sealed class StartStep(OpenAttempt open, IReadOnlyList<SaveOccurrenceRun> stretches) : Step
    {
        public override void Commit(JobActor job, Appended appended)
        {
            open.FencingToken = Attempt.TokenOf(job._term.Epoch, appended.LastNo);
            job.HandOut(open);
        }

        public override void Refuse(JobActor job, string problem)
        {
            job.PassOver(open, stretches, problem);
        }
    }
}
