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
    private BusyLog? _busy; // for overlap = skip
    private DateTimeOffset? _lastEnd; // for a schedule that follows it
    private StartLimiter? _limiter; // where starts are limited
    private DateTimeOffset? _slotRequestedAt; // for the next occurrence of the schedule
    private long _lastSlotTicks; // of a job that has rested, the newest occurrence decided about
    private DateTimeOffset? _nextUndecided;
    private DateTimeOffset? _due; // the occurrence that may run now
    private bool _hasMore; // to decide about
    private int _appendsInFlight;
    private int _handled; // messages of the shard
    private (DateTimeOffset? WakeAt, DateTimeOffset? NextRunAt)? _told; // as long as the shard goes by it

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
        _lastSlotTicks = memory.PlannedThrough.UtcTicks;
        _hasHistory = memory.HasHistory;
        _lastEnd = memory.LastEnd;
        _busy = memory.Busy.Count > 0 ? new BusyLog(memory.Busy) : null;
        _limiter = _job.Definition.StartLimit is { } limit ? new StartLimiter(limit, memory.Starts) : null;
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
        AskForRunning(Context.Time.GetTimestamp());
        Advance();
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        _handled += message is Wake or JobCommand or DrainJob or YieldJob ? 1 : 0;
        switch (message)
        {
            case Wake:
                _told = null;
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
                HandOutAgain(unknown);
                break;
            case JobCommand command:
                Accept(command);
                break;
            case JobReply:
                break; // to a change of its own making
            case DrainJob:
                StartDrain();
                break;
            case YieldJob:
                Yield();
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
            Return(open.TakeSlot());
        }
    }

    private static OpenAttempt Recovered(Attempt row)
    {
        var phase = row.State == AttemptState.Waiting ? AttemptPhase.Waiting : AttemptPhase.Running;
        return new OpenAttempt(row, phase, row.ExecutionStartedAt);
    }

    /// <summary>Does everything that can be done now, and tells the shard when to come back.</summary>
    private void Advance()
    {
        if (_isYielding)
        {
            ReportWhenYielded();
            return;
        }

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
        AskForRunning(Context.Time.GetTimestamp());
        EndOverdue(now);
        PlanDue(now);
        if (BeginsChange(now))
        {
            return;
        }

        ReplaceOlder(now);
        if (_stretches.HasClosed || _stretches.GrowthDueAt <= now)
        {
            AppendWrites(_stretches.TakeUnsaved(), _ => Advance()); // recorded, the job may rest
        }

        if (MayStart(now))
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

        var decision = OccurrencePlanner.Decide(_job, _schedule, _plannedThrough, now, Busy(now), _context.Pause.Last);
        foreach (var run in decision.NotRun)
        {
            _stretches.Add(run);
        }

        _plannedThrough = decision.Through;
        _nextUndecided = decision.Next;
        _due = decision.Run;
        _hasMore = decision.HasMore;
        _busy?.Forget(_nextUndecided <= now || _hasMore ? decision.Through : now);
    }

    private BusyPeriod Busy(DateTimeOffset now)
    {
        var count = 0;
        DateTimeOffset? since = null;
        DateTimeOffset? newest = null;
        foreach (var open in _open)
        {
            since = Earlier(since, open.OpenSince);
            count += open.OpenSince is not null || open.Phase != AttemptPhase.Waiting ? 1 : 0;
            newest = open.ExecutionDueAt <= now && !(open.ExecutionDueAt < newest) ? open.ExecutionDueAt : newest;
        }

        return new BusyPeriod(count, since, _busy?.Past, newest, _lastEnd);
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
