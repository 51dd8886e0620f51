using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>Executions that somebody cancels.</content>
internal sealed partial class JobActor
{
    private void Cancel(CancelExecution cancel)
    {
        if (_open.Find(o => o.Row.Key.ScheduledAt == cancel.ScheduledAt) is not { } open)
        {
            var problem = $"the execution of job '{_job.Id}' is not open";
            cancel.ReplyTo.Tell(new JobReply(JobReplyStatus.Conflict, _job, Problem: problem));
            WishToWake(Context.Time.Now());
            return;
        }

        open.CancelReason ??= cancel.Reason;
        var reply = new JobReply(JobReplyStatus.Done, _job, open.Row.Key.ExecutionId);
        if (open.Phase is AttemptPhase.Waiting or AttemptPhase.Queued)
        {
            End(open, AttemptResults.Cancelled(open.CancelReason), () => cancel.ReplyTo.Tell(reply));
            return;
        }

        // A start or an end that is on its way, or a node that is being given up: the reason is waiting there.
        if (open.Phase == AttemptPhase.Running && !IsOnDeadNode(open))
        {
            _context.WorkerOf(open.Row.Node!.Value).Tell(new CancelAttempt(open.Row.Key, open.CancelReason));
        }

        cancel.ReplyTo.Tell(reply);
    }

    /// <summary>Ends an attempt that no worker has, when its execution was cancelled in the meantime.</summary>
    private void EndIfCancelled(OpenAttempt open)
    {
        if (open is { Phase: AttemptPhase.Waiting, CancelReason: { } reason })
        {
            End(open, AttemptResults.Cancelled(reason));
        }
    }

    /// <summary>What is recorded of an attempt whose execution was cancelled: its success, or the cancellation.</summary>
    private static AttemptResult CancelledUnlessSucceeded(OpenAttempt open, AttemptResult ended)
    {
        return open.CancelReason is { } reason && ended.Outcome != Outcome.Succeeded
            ? ended with { Outcome = Outcome.Cancelled, Reason = reason }
            : ended;
    }
}
