using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>What is recorded, and what follows from the commit.</content>
internal sealed partial class JobActor
{
    private void AppendWrites(IReadOnlyList<ShardWrite> writes, Action<Appended>? then = null, Action<string>? refused = null)
    {
        _appendsInFlight++;
        if (!_hasHistory)
        {
            writes = WithHistory(writes);
        }

        if (!_writer.Tell(new Append(_term, writes, Context.Self, new Step(then, refused))))
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
        var step = result.Tag as Step;
        switch (result)
        {
            case Appended appended:
                _hasHistory = _hasHistory || appended.Events.Any(static e => e.Write is SaveSnapshot);
                step?.Then?.Invoke(appended);
                RemoveWhenQuiet();
                ReportWhenDrained();
                break;
            case AppendRefused refusal when step?.Refused is { } refused:
                refused(refusal.Problem);
                break;
            case AppendRefused refusal:
                // What the store says contradicts what is held in memory: the term ends, and the next one reads afresh.
                throw new InvalidOperationException($"The store refused what job {_job.Id} had to record: {refusal.Problem}");
            default:
                break; // fenced: the region is about to stop this actor
        }
    }

    private sealed record Step(Action<Appended>? Then, Action<string>? Refused);
}
