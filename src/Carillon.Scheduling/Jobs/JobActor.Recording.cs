using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>What is recorded, and what follows from the commit.</content>
internal sealed partial class JobActor
{
    private void AppendWrites(IReadOnlyList<ShardWrite> writes, Action<Appended>? then = null, Action<string>? refused = null)
    {
        AppendWrites(writes, new CallbackStep(then, refused));
    }

    private void AppendWrites(IReadOnlyList<ShardWrite> writes, Step step)
    {
        _appendsInFlight++;
        if (!_hasHistory)
        {
            writes = WithHistory(writes);
        }

        if (!_writer.Tell(new Append(_term, writes, Context.Self, step)))
        {
            throw new InvalidOperationException($"The shard writer takes nothing from job {_job.Id} any more.");
        }
    }

    /// <summary>
    /// The first fact about a job goes with the beginning of its history, so that whoever recovers the shard looks for it.
    /// </summary>
    private IReadOnlyList<ShardWrite> WithHistory(IReadOnlyList<ShardWrite> writes)
    {
        return writes.Any(static write => write is PlanAttempt or SaveOccurrenceRun)
            ? [new SaveSnapshot(HistorySnapshot.Empty(_job)), .. writes]
            : writes;
    }

    private void Continue(AppendResult result)
    {
        _appendsInFlight--;
        var step = (Step)result.Tag!;
        switch (result)
        {
            case Appended appended:
                _hasHistory = _hasHistory || appended.Request.Writes.Any(static w => w is SaveSnapshot);
                step.Commit(this, appended);
                RemoveWhenQuiet();
                ReportWhenDrained();
                ReportWhenYielded();
                break;
            case AppendRefused refusal:
                step.Refuse(this, refusal.Problem);
                break;
            default:
                break; // fenced: the region is about to stop this actor
        }
    }

    /// <summary>What follows from the answer to an append.</summary>
    private abstract class Step
    {
        public abstract void Commit(JobActor job, Appended appended);

        /// <summary>
        /// What the store says contradicts what is held in memory: the term ends, and the next one reads afresh.
        /// </summary>
        public virtual void Refuse(JobActor job, string problem)
        {
            throw new InvalidOperationException($"The store refused what job {job._job.Id} had to record: {problem}");
        }
    }

    private sealed class CallbackStep(Action<Appended>? then, Action<string>? refused) : Step
    {
        public override void Commit(JobActor job, Appended appended)
        {
            then?.Invoke(appended);
        }

        public override void Refuse(JobActor job, string problem)
        {
            if (refused is null)
            {
                base.Refuse(job, problem);
            }
            else
            {
                refused(problem);
            }
        }
    }
}
