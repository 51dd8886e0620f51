using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Testing;

/// <summary>
/// The pages that nodes of a scene have given, each with the moment at which it was asked for: none may be older than
/// one that was given before (I2), and none may lack a shard (I3).
/// </summary>
public sealed class PageLog(Scene scene)
{
    private readonly List<(string Node, Pending<ShardAnswers<ShardHistoryPart>> Page, IReadOnlyDictionary<int, ExecutionCounts> Before)> _asked = [];
    private Dictionary<int, ExecutionCounts> _newest = [];

    /// <summary>How many pages were given.</summary>
    public int Given { get; private set; }

    /// <summary>Asks a node for a page.</summary>
    public void Ask(string node)
    {
        _asked.Add((node, scene.BeginPage(node), _newest));
    }

    /// <summary>Looks at the pages that have been given since the last time.</summary>
    /// <exception cref="InvalidOperationException">One is older than an earlier one, or not whole.</exception>
    public void Check()
    {
        var newest = new Dictionary<int, ExecutionCounts>(_newest);
        foreach (var (node, page, before) in _asked.Where(static asked => asked.Page is { IsDone: true, Error: null }))
        {
            Given++;
            var counts = page.Answer.Items.ToDictionary(static part => part.Term.Shard, Total);
            if (counts.Count != scene.Options.Shards)
            {
                throw new InvalidOperationException($"a page of node {node} has {counts.Count} of {scene.Options.Shards} shards");
            }

            foreach (var (shard, now) in counts)
            {
                if (before.TryGetValue(shard, out var then) && HasFallen(then, now))
                {
                    throw new InvalidOperationException(
                        $"shard {shard}: a page of node {node} is older than one given before it was asked for: {then} was given, then {now}");
                }

                if (!newest.TryGetValue(shard, out var known) || HasFallen(now, known))
                {
                    newest[shard] = now;
                }
            }
        }

        _asked.RemoveAll(static asked => asked.Page.IsDone);
        _newest = newest;
    }

    private static ExecutionCounts Total(ShardHistoryPart part)
    {
        return part.Jobs.Concat(part.Sharing).Aggregate(part.Retired, static (sum, job) => sum + job.Counts);
    }

    private static bool HasFallen(ExecutionCounts then, ExecutionCounts now)
    {
        return now.Planned < then.Planned
            || now.Retries < then.Retries
            || now.Durations < then.Durations
            || now.DurationMicroseconds < then.DurationMicroseconds
            || Enum.GetValues<Outcome>().Any(outcome => now.Outcomes.Of(outcome) < then.Outcomes.Of(outcome));
    }
}
