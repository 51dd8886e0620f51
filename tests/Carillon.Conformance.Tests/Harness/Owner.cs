using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>An owner of every shard of a small cluster, with the counters that owners keep.</summary>
public sealed class Owner
{
    public const int ShardCount = 8;

    private readonly StoreNode _node;
    private readonly Dictionary<int, ShardTerm> _terms;
    private readonly Dictionary<int, long> _numbers = [];

    private Owner(StoreNode node, IEnumerable<ShardTerm> terms)
    {
        _node = node;
        _terms = terms.ToDictionary(term => term.Shard);
    }

    public static ClusterInfo Cluster { get; } = new()
    {
        ShardCount = ShardCount,
        Generation = new StatisticsGeneration(0, TestTimes.Noon),
    };

    public StoreNode Node => _node;

    public IReadOnlyList<ShardTerm> Terms => [.. _terms.Values];

    /// <summary>Claims every shard under the epoch it has now.</summary>
    public static async Task<Owner> ClaimAsync(StoreNode node)
    {
        await node.Cluster.OpenClusterAsync(Cluster, CancellationToken.None);
        var shards = await node.Cluster.ReadShardsAsync(CancellationToken.None);
        var seen = shards.Select(shard => new ShardTerm(shard.Id, shard.Epoch)).ToArray();
        return new Owner(node, await node.Cluster.ClaimAsync(node.Incarnation, seen, CancellationToken.None));
    }

    public ShardTerm TermOf(string jobId)
    {
        return _terms[ShardHash.Of(jobId, ShardCount)];
    }

    /// <summary>The last number given out in the job's shard.</summary>
    public long LastNo(string jobId)
    {
        return _numbers.GetValueOrDefault(TermOf(jobId).Shard);
    }

    /// <summary>The event of <paramref name="write"/> under its shard's next number.</summary>
    public ShardEvent Event(ShardWrite write, DateTimeOffset? at = null)
    {
        var term = TermOf(write.JobId);
        var no = _numbers[term.Shard] = _numbers.GetValueOrDefault(term.Shard) + 1;
        return new ShardEvent(term, no, at ?? TestTimes.Noon.AddMilliseconds(no), write);
    }

    /// <summary>Appends the writes in one batch and expects that none is fenced off.</summary>
    public async Task<IReadOnlyList<ShardEvent>> RecordAsync(params ShardWrite[] writes)
    {
        var events = writes.Select(write => Event(write)).ToArray();
        Assert.Empty(await AppendAsync(events));
        return events;
    }

    public Task<IReadOnlySet<int>> AppendAsync(params ShardEvent[] events)
    {
        var terms = events.Select(shardEvent => shardEvent.Term).Distinct().ToArray();
        return _node.Log.AppendAsync(new AppendBatch(_node.Incarnation, terms, events));
    }

    public async Task<ShardRecovery> LoadAsync(string jobId)
    {
        return Assert.Single(await _node.Log.LoadAsync([TermOf(jobId)], CancellationToken.None));
    }
}
