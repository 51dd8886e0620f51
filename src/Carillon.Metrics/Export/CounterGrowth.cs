using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Tells by how much counters grew from one reading to the next. What a shard had counted when this node took it up is
/// where its counting begins, so that a shard that moves loses what the owner before had not sent yet, and doubles
/// nothing. Shards and jobs that are gone are forgotten.
/// </summary>
internal sealed class CounterGrowth
{
    private Dictionary<int, Seen> _shards = [];

    /// <summary>The jobs that are new here, or of which anything has changed since the call before.</summary>
    public IReadOnlyList<JobGrowth> Take(IReadOnlyList<ShardHistoryPart> parts)
    {
        var changed = new List<JobGrowth>();
        var seen = new Dictionary<int, Seen>(parts.Count);
        foreach (var part in parts)
        {
            var known = _shards.GetValueOrDefault(part.Term.Shard);
            var now = new Seen(part.Term, part.Generation, new Dictionary<string, ExecutionCounts>(part.Jobs.Count, StringComparer.Ordinal));
            foreach (var job in part.Jobs)
            {
                now.Jobs[job.JobId] = job.Counts;
                var before = Before(known, part, job);
                if (before != job.Counts || known?.Jobs.ContainsKey(job.JobId) != true)
                {
                    changed.Add(new JobGrowth(job, ExportedCounter.Growth(before, job.Counts)));
                }
            }

            seen[part.Term.Shard] = now;
        }

        _shards = seen;
        return changed;
    }

    private static ExecutionCounts Before(Seen? known, ShardHistoryPart part, JobStatistics job)
    {
        return known?.Term != part.Term ? job.Counts
            : known.Generation != part.Generation ? default
            : known.Jobs.GetValueOrDefault(job.JobId);
    }

    private sealed record Seen(ShardTerm Term, long Generation, Dictionary<string, ExecutionCounts> Jobs);
}
