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
    private readonly List<(string Node, Pending<ShardAnswers<ShardHistoryPart>> Page, Figures Before)> _asked = [];
    private Figures _newest = new(0, []);

    /// <summary>How many pages were given.</summary>
    public int Given { get; private set; }

    /// <summary>Asks a node for a page.</summary>
    public void Ask(string node)
    {
        _asked.Add((node, scene.BeginPage(node), _newest));
    }

    /// <summary>Resets the statistics through a node.</summary>
    public void Reset(string node)
    {
        _asked.Add((node, scene.BeginReset(node), _newest));
    }

    /// <summary>Looks at the pages that have been given since the last time.</summary>
    /// <exception cref="InvalidOperationException">One is older than an earlier one, or not whole.</exception>
    public void Check()
    {
        foreach (var (node, page, before) in _asked.Where(static asked => asked.Page is { IsDone: true, Error: null }))
        {
            Given++;
            var given = FiguresOf(node, page.Answer.Items);
            Compare(node, before, given);
            _newest = Newer(_newest, given);
        }

        _asked.RemoveAll(static asked => asked.Page.IsDone);
    }

    private Figures FiguresOf(string node, IReadOnlyList<ShardHistoryPart> parts)
    {
        var counts = parts.ToDictionary(static part => part.Term.Shard, Total);
        var generations = parts.Select(static part => part.Generation).Distinct().ToArray();
        return counts.Count == scene.Options.Shards && generations.Length == 1
            ? new Figures(generations[0], counts)
            : throw new InvalidOperationException(
                $"a page of node {node} has {counts.Count} of {scene.Options.Shards} shards in generations {string.Join(',', generations)}");
    }

    private static void Compare(string node, Figures before, Figures given)
    {
        if (given.Generation < before.Generation)
        {
            throw new InvalidOperationException($"a page of node {node} is of generation {given.Generation}, after one of {before.Generation}");
        }

        foreach (var (shard, then) in before.Shards.Where(_ => given.Generation == before.Generation))
        {
            if (HasFallen(then, given.Shards[shard]))
            {
                throw new InvalidOperationException(
                    $"shard {shard}: a page of node {node} is older than one given before it was asked for: {then} was given, then {given.Shards[shard]}");
            }
        }
    }

    private static Figures Newer(Figures known, Figures given)
    {
        if (known.Generation != given.Generation || known.Shards.Count == 0)
        {
            return known.Generation > given.Generation ? known : given;
        }

        return known with
        {
            Shards = given.Shards.ToDictionary(
                static shard => shard.Key, shard => HasFallen(shard.Value, known.Shards[shard.Key]) ? shard.Value : known.Shards[shard.Key]),
        };
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

    private sealed record Figures(long Generation, Dictionary<int, ExecutionCounts> Shards);
}
