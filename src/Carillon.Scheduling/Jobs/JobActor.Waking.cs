using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>When a job has something to do again.</content>
internal sealed partial class JobActor
{
    private static readonly TimeSpan DeadRecheck = TimeSpan.FromMilliseconds(250);

    /// <summary>How often a worker is asked for what it runs: what was sent to it may be lost.</summary>
    private static readonly TimeSpan RunningRecheck = TimeSpan.FromSeconds(5);

    /// <summary>How soon a waiting attempt learns that the scheduler is not paused any more.</summary>
    private static readonly TimeSpan PauseRecheck = TimeSpan.FromMilliseconds(500);

    /// <summary>How far the next run that is shown may be behind.</summary>
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(1);

    /// <summary>A job that is due again sooner keeps its actor.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMinutes(1);

    private void WishToWake(DateTimeOffset now)
    {
        var wake = Earlier(Earlier(ScheduleWake(now), _stretches.GrowthDueAt), _job.Pause?.Until);
        foreach (var open in _open)
        {
            wake = Earlier(Earlier(wake, AttemptWake(open, now)), WaitsUntil(open));
        }

        var next = NextRun(now);
        var rest = Rest(wake, now);
        var wakesInTime = rest is null && _told is { } told && IsInTime(told.WakeAt, wake, now) && !_job.Definition.Schedule.FollowsEnd;
        if (!wakesInTime)
        {
            _shard.Tell(new WakeWish(_job.Id, Context.Self, wake, next, rest, _handled));
            _told = (wake, next);
        }
        else if (!Shows(_told!.Value.NextRunAt, next))
        {
            _shard.Tell(new NextRunChanged(_job.Id, next));
            _told = (_told.Value.WakeAt, next);
        }
    }

    /// <summary>
    /// Whether a wish for <paramref name="told"/> may stand for one for <paramref name="wake"/>: to be woken a little early
    /// costs less than a new wish at the end of each of many runs.
    /// </summary>
    private static bool IsInTime(DateTimeOffset? told, DateTimeOffset? wake, DateTimeOffset now)
    {
        return told == wake || (told > now && told < wake && wake - told <= RunningRecheck);
    }

    /// <summary>
    /// Whether <paramref name="told"/> may go on being shown for <paramref name="next"/>: of a job that runs many times a
    /// second, every next time would be old before anybody reads it.
    /// </summary>
    private static bool Shows(DateTimeOffset? told, DateTimeOffset? next)
    {
        return told == next || (told < next && next - told < ShownWithin);
    }

    /// <summary>What to remember until <paramref name="wake"/>, if nothing but waiting is to be done until then.</summary>
    private JobMemory? Rest(DateTimeOffset? wake, DateTimeOffset now)
    {
        var isIdle = _open.Count == 0 && _appendsInFlight == 0 && _waitingChanges.Count == 0
            && _slotRequestedAt is null && _stretches.IsRecorded;
        if (!isIdle || wake - now <= ShortestRest)
        {
            return null;
        }

        return new JobMemory
        {
            PlannedThrough = _plannedThrough,
            HasHistory = _hasHistory,
            Busy = _busy?.Past ?? [],
            LastEnd = _lastEnd,
            Starts = _limiter?.Starts ?? [],
            OpenStretch = _stretches.Recorded,
            LastTrigger = _lastTrigger,
            Keys = _keys.All,
        };
    }

    private DateTimeOffset? NextRun(DateTimeOffset now)
    {
        if (!_job.Definition.Enabled || _job.Pause is { Until: null })
        {
            return null;
        }

        if (_job.Pause is { Until: { } until })
        {
            return _schedule.Next(until.AddTicks(-1));
        }

        return _nextUndecided > now || _job.Definition.Schedule.FollowsEnd ? _nextUndecided : _schedule.Next(now);
    }

    /// <summary>When the schedule needs a look; null while only a slot or the end of a run can bring it on.</summary>
    private DateTimeOffset? ScheduleWake(DateTimeOffset now)
    {
        if (_hasMore || !_context.Gate.HoldsLease)
        {
            return now; // for the rest, or as soon as the node has its lease again
        }

        if (_nextUndecided is not { } next)
        {
            return null;
        }

        var hasRoom = Busy(now).HasRoom(_job.Definition);
        if (next > now)
        {
            var bringsSomething = _job.Definition.Enabled && _job.Pause is null
                && (hasRoom || _job.Definition.Overlap == OverlapPolicy.CancelPrevious);

            // What cannot run anyway is counted when its stretch is to be recorded.
            return bringsSomething ? next : StretchLog.RecordedBy(next);
        }

        // Due: its slot has been asked for, unless the gate is closed or the limit reached.
        return !hasRoom ? null : _context.Gate.IsOpen ? LimitedUntil(now) : now;
    }

    private DateTimeOffset? AttemptWake(OpenAttempt open, DateTimeOffset now)
    {
        if (open.Phase == AttemptPhase.Waiting && (open.Row.DueAt > now || !_context.Gate.IsOpen))
        {
            return open.Row.DueAt;
        }

        if (open.Phase == AttemptPhase.Waiting && _context.Pause.IsPaused(now))
        {
            return now + PauseRecheck;
        }

        if (open.Phase == AttemptPhase.Waiting && !open.HasStarted)
        {
            return LimitedUntil(now);
        }

        var isAsked = open.Phase == AttemptPhase.Running || IsElsewhere(open);
        return !isAsked ? null : now + (IsOnDeadNode(open) ? DeadRecheck : RunningRecheck);
    }
}
