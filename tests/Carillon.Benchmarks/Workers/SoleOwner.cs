using Carillon.Cluster;
using Carillon.Model;
using Carillon.Persistence;

namespace Carillon.Benchmarks.Workers;

/// <summary>Makes an empty store ready for somebody who writes to it alone, without a node.</summary>
internal static class SoleOwner
{
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    /// <summary>Joins as the only node, and takes every shard.</summary>
    /// <param name="store">The store.</param>
    /// <param name="me">The incarnation.</param>
    /// <param name="now">When the statistics begin.</param>
    /// <returns>The term of each shard.</returns>
    public static async Task<IReadOnlyDictionary<int, ShardTerm>> OpenAsync(INodeStore store, Guid me, DateTimeOffset now)
    {
        await store.MigrateAsync(CancellationToken.None);
        await store.OpenClusterAsync(new ClusterInfo { Generation = new StatisticsGeneration(0, now) }, CancellationToken.None);
        await store.PrepareAsync(now, CancellationToken.None);
        var node = new NodeRow { Incarnation = me, Name = "benchmark", Advertise = "http://127.0.0.1:1", Version = "0" };
        await store.JoinAsync(node, Lease, CancellationToken.None);
        var shards = await store.ReadShardsAsync(CancellationToken.None);
        var terms = await store.ClaimAsync(me, [.. shards.Select(static shard => new ShardTerm(shard.Id, shard.Epoch))], CancellationToken.None);
        return terms.ToDictionary(static term => term.Shard);
    }

    /// <summary>Appends, and takes care that nobody else does.</summary>
    /// <exception cref="InvalidOperationException">Another process uses the store.</exception>
    public static async Task AppendAsync(INodeStore store, AppendBatch batch)
    {
        var fenced = await store.AppendAsync(batch);
        if (fenced.Count > 0)
        {
            throw new InvalidOperationException("a flush was fenced off: another process uses the store");
        }
    }
}
