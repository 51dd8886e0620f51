using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>The end of an attempt, and what follows it.</content>
internal sealed partial class JobActor
{
    private void Finish(AttemptEnded ended)
    {
        if (!_isYielding && Find(ended.Key, AttemptPhase.Running) is { } open)
        {
            End(open, ended.Result);
        }
    }

    private void End(OpenAttempt open, AttemptResult ended, Action? then = null)
    {
        var endedAt = Context.Time.Now();
        var outcome = CancelledUnlessSucceeded(open, ended);
        var (result, next) = FollowUp.Decide(_job.Definition, open.Row, outcome, endedAt, Context.Random.NextDouble());
        var finish = new FinishAttempt(open.Row.Key, result, open.HasStarted);
        open.MoveTo(AttemptPhase.Ending);
        AppendWrites(
            next is null ? [finish] : [finish, new PlanAttempt(next)], new EndStep(open, result, next, endedAt, then));
    }

    private OpenAttempt? Find(AttemptKey key, AttemptPhase phase)
    {
        foreach (var open in _open)
        {
            if (open.Phase == phase && open.Row.Key == key)
            {
                return open;
            }
        }

        return null;
    }

    private void NoteEnd(DateTimeOffset since, DateTimeOffset now)
    {
        _lastEnd = now;
        if (_job.Definition.Overlap == OverlapPolicy.Skip)
        {
            (_busy ??= new BusyLog([])).Add(since, now);
        }
    }

    /// <summary>Under <c>cancel-previous</c>: ends or cancels what stands in the way of something newer that is due.</summary>
    private void ReplaceOlder(DateTimeOffset now)
    {
        if (_job.Definition.Overlap != OverlapPolicy.CancelPrevious)
        {
            return;
        }

        foreach (var open in Replacement.Replaced(_open, _nextUndecided, now))
        {
            if (IsOnDeadNode(open))
            {
                continue; // nobody to tell; it is replaced once its node's fate is known
            }

            if (open.Phase == AttemptPhase.Running)
            {
                open.CancelReason = CancelReasons.Replaced;
                _context.WorkerOf(open.Row.Node!.Value).Tell(new CancelAttempt(open.Row.Key, CancelReasons.Replaced));
            }
            else
            {
                End(open, AttemptResults.Cancelled(CancelReasons.Replaced));
            }
        }
    }

    /// <summary>Ends the attempts of nodes that are dead and whose lease has passed: rerun or lost.</summary>
    private void ResolveDead(DateTimeOffset now)
    {
        foreach (var open in _open)
        {
            if (IsElsewhere(open) && _context.Directory.IsPast(open.Row.Node!.Value, now))
            {
                End(open, new AttemptResult { Outcome = Outcome.Lost, Reason = "worker_died" });
            }
        }
    }

    /// <summary>Ends what waits for an attempt longer than its execution may take in all; the worker sees to what runs.</summary>
    private void EndOverdue(DateTimeOffset now)
    {
        if (_job.Definition.TotalTimeout is null)
        {
            return;
        }

        foreach (var open in _open)
        {
            if (WaitsUntil(open) <= now)
            {
                End(open, AttemptResults.Cancelled(CancelReasons.TotalTimeout));
            }
        }
    }

    private DateTimeOffset? WaitsUntil(OpenAttempt open)
    {
        return open.Phase is AttemptPhase.Waiting or AttemptPhase.Queued ? FollowUp.Deadline(_job.Definition, open.Row) : null;
    }

    /// <summary>Whether another node has it: it runs there, or was recorded as started there and is to be handed out again.</summary>
    private bool IsElsewhere(OpenAttempt open)
    {
        return open.Phase != AttemptPhase.Starting && open.Phase != AttemptPhase.Ending
            && open.HasStarted && open.Row.Node is { } node && node != _context.Node;
    }

    private bool IsOnDeadNode(OpenAttempt open)
    {
        return open.HasStarted && open.Row.Node is { } node && !_context.Lives(node);
    }

    /// <summary>The end of an attempt is recorded, and with it the one that follows, if one does.</summary>
    private sealed class EndStep(OpenAttempt open, AttemptResult result, Attempt? next, DateTimeOffset endedAt, Action? then)
        : Step
    {
        public override void Commit(JobActor job, Appended appended)
        {
            var now = job.Context.Time.Now();
            if (open.Row.Node is { } node)
            {
                job._context.WorkerOf(node).Tell(new AttemptRecorded(open.Row.Key));
            }

            AttemptSpans.Recorded(open, job._job.Definition, result, endedAt, now, job.Context.Log);
            job._open.Remove(open);
            if (next is not null)
            {
                var following = new OpenAttempt(next, AttemptPhase.Waiting, open.OpenSince) { CancelReason = open.CancelReason };
                job._open.Add(following);
                job.EndIfCancelled(following);
            }
            else if (open.OpenSince is { } since)
            {
                job.NoteEnd(since, now);
            }

            then?.Invoke();
            job.Advance();
        }
    }
}
