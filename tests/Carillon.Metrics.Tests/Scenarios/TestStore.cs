using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>
/// Keeps what a store keeps of one shard, and gives a new owner what a store gives: jobs, snapshots, and the facts
/// behind them. A stretch of occurrences is one row, so only its latest form is there. With the first fact about a job
/// it keeps an empty snapshot, as the job's scheduler sees to.
/// </summary>
internal sealed class TestStore
{
    private readonly List<ShardEvent> _facts = [];
    private readonly Dictionary<string, Job> _jobs = [];

    public Dictionary<(string JobId, long CreatedNo), HistorySnapshot> Snapshots { get; } = [];

    public Dictionary<(string JobId, RollupSpan Span, DateTimeOffset Start, long FirstNo), Rollup> Rollups { get; } = [];

    /// <summary>What was committed last.</summary>
    public ShardEvent[] Newest { get; private set; } = [];

    public void Commit(IEnumerable<ShardEvent> facts)
    {
        Newest = [.. facts];
        foreach (var fact in Newest)
        {
            _facts.Add(fact);
            switch (fact.Write)
            {
                case SaveJob save:
                    var createdNo = _jobs.TryGetValue(save.JobId, out var job) ? job.CreatedNo : fact.No;
                    _jobs[save.JobId] = save.Job with { CreatedNo = createdNo };
                    break;
                case DeleteJob delete:
                    _jobs.Remove(delete.Id);
                    break;
                case DropSnapshot drop:
                    Snapshots.Remove((drop.Id, drop.CreatedNo));
                    break;
                case SaveSnapshot save:
                    Snapshots[(save.JobId, save.Snapshot.CreatedNo)] = save.Snapshot;
                    break;
                case SaveRollup { Rollup: var rollup }:
                    Rollups[(rollup.JobId, rollup.Span, rollup.Start, rollup.FirstNo)] = rollup;
                    break;
                case PlanAttempt or SaveOccurrenceRun when _jobs.TryGetValue(fact.Write.JobId, out var known):
                    Snapshots.TryAdd((known.Id, known.CreatedNo), HistorySnapshot.Empty(known));
                    break;
            }
        }
    }

    public void Commit(IEnumerable<IReadOnlyList<ShardWrite>> steps, Facts facts)
    {
        foreach (var write in steps.SelectMany(static step => step))
        {
            facts.Add(write);
        }

        Commit(facts.Take());
    }

    public ShardRecovery Recover()
    {
        var ended = _facts.Select(static fact => fact.Write)
            .OfType<FinishAttempt>()
            .Select(static finish => finish.Key)
            .ToHashSet();
        return new ShardRecovery
        {
            Term = Facts.Term with { Epoch = Facts.Term.Epoch + 1 },
            Jobs = [.. _jobs.Values],
            Snapshots = [.. Snapshots.Values],
            Events = [.. _facts.Where(fact => IsBehindSnapshot(fact, ended))],
            LastNo = _facts.Count == 0 ? 0 : _facts[^1].No,
        };
    }

    private bool IsBehindSnapshot(ShardEvent fact, HashSet<AttemptKey> ended)
    {
        AttemptKey? key = fact.Write switch
        {
            PlanAttempt plan => plan.Attempt.Key,
            StartAttempt start => start.Key,
            FinishAttempt finish => finish.Key,
            _ => null,
        };
        if (key is null && !(fact.Write is SaveOccurrenceRun run && IsLatest(fact.No, run)))
        {
            return false;
        }

        var snapshots = Snapshots.Values
            .Where(snapshot => string.Equals(snapshot.JobId, fact.Write.JobId, StringComparison.Ordinal)).ToArray();
        return snapshots.Length > 0
            ? fact.No > snapshots.Min(static snapshot => snapshot.ThroughNo)
            : key is { } attempt && !ended.Contains(attempt);
    }

    private bool IsLatest(long no, SaveOccurrenceRun row)
    {
        return !_facts.Exists(other => other.No > no
            && other.Write is SaveOccurrenceRun later
            && string.Equals(later.JobId, row.JobId, StringComparison.Ordinal)
            && later.Run.From == row.Run.From);
    }
}
