namespace Carillon.Scheduling;

/// <content>When a job has something to do again.</content>
internal sealed partial class JobActor
{
    private static readonly TimeSpan DeadRecheck = TimeSpan.FromMilliseconds(250);

    /// <summary>Occurrences that cannot run anyway are counted at most this often.</summary>
    private static readonly TimeSpan IdleRecount = TimeSpan.FromSeconds(1);

    /// <summary>A job that is due again sooner keeps its actor.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMinutes(1);

    private void WishToWake(DateTimeOffset now)
    {
        var canRun = _job.Definition.Enabled && _job.Pause is null;
        var wake = Earlier(ScheduleWake(now, canRun), _stretches.GrowthDueAt);
        foreach (var open in _open)
        {
            wake = Earlier(wake, AttemptWake(open, now));
        }

        var isKnown = _nextUndecided > now || _job.Definition.Schedule.FollowsEnd;
        var nextRun = !canRun ? null : isKnown ? _nextUndecided : _schedule.Next(now);
        _shard.Tell(new WakeWish(_job.Id, wake, nextRun, Rest(wake, now), _handled));
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
            LastBusy = _lastBusy,
            OpenStretch = _stretches.Recorded,
            LastTrigger = _lastTrigger,
            Keys = _keys.All,
        };
    }

    /// <summary>When the schedule needs a look; null while only a slot or the end of a run can bring it on.</summary>
    private DateTimeOffset? ScheduleWake(DateTimeOffset now, bool canRun)
    {
        if (!_context.Gate.HoldsLease)
        {
            return now; // as soon as the node has its lease again
        }

        if (_nextUndecided is not { } next)
        {
            return null;
        }

        var hasRoom = Busy().HasRoom(_job.Definition);
        if (next > now)
        {
            return canRun && hasRoom ? next : Later(next, now + IdleRecount);
        }

        // Due: its slot has been asked for, unless the gate is closed. Due but not to run: there is more to decide.
        return hasRoom && (_due is null || !_context.Gate.IsOpen) ? now : null;
    }

    private DateTimeOffset? AttemptWake(OpenAttempt open, DateTimeOffset now)
    {
        if (open.Phase == AttemptPhase.Waiting && (open.Row.DueAt > now || !_context.Gate.IsOpen))
        {
            return open.Row.DueAt;
        }

        return IsElsewhere(open) ? now + DeadRecheck : null;
    }
}
