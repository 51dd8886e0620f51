using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>When a job has something to do again.</content>
internal sealed partial class JobActor
{
    private static readonly TimeSpan DeadRecheck = TimeSpan.FromMilliseconds(250);

    /// <summary>How soon a waiting attempt learns that the scheduler is not paused any more.</summary>
    private static readonly TimeSpan PauseRecheck = TimeSpan.FromMilliseconds(500);

    private void WishToWake(DateTimeOffset now)
    {
        var wake = Earlier(Earlier(ScheduleWake(now), _memory.Stretches.GrowthDueAt), _job.Pause?.Until);
        foreach (var open in _open)
        {
            wake = Earlier(Earlier(wake, AttemptWake(open, now)), WaitsUntil(open));
        }

        _shard.Tell(new WakeWish(_job.Id, wake, NextRun(now)));
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

        return _nextUndecided > now ? _nextUndecided : _schedule.Next(now);
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
            return bringsSomething ? next : next + StretchLog.GrowthInterval;
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

        if (open.Phase == AttemptPhase.Waiting && open.Row.StartedNo is null)
        {
            return LimitedUntil(now);
        }

        return IsElsewhere(open) ? now + DeadRecheck : null;
    }
}
