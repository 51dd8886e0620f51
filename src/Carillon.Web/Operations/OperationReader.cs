using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>Reads recorded operations from their shards, and past periods from the store.</summary>
internal sealed class OperationReader(NodeContext node, ClusterReader reader)
{
    /// <summary>Every operation with its labels.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    public async Task<IReadOnlyList<OperationStatistics>> ReadAsync(CancellationToken cancellationToken)
    {
        var owned = await reader.ReadEveryShardAsync(cancellationToken);
        var parts = await Task.WhenAll(owned.Shards.Select(shard => AskAsync(shard, name: null, cancellationToken)));
        return [.. parts.SelectMany(static part => part.Operations)];
    }

    /// <summary>One operation by its labels; empty when it is not known.</summary>
    /// <exception cref="IncompleteClusterException">The operation's shard is not open.</exception>
    public async Task<IReadOnlyList<OperationStatistics>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var owned = await reader.ReadShardsAsync(cancellationToken);
        var id = new SeriesName(MetricKind.Operation, name).ShardOf(node.Cluster.ShardCount);
        var shard = owned.Shards.FirstOrDefault(shard => shard.Term.Shard == id)
            ?? throw new IncompleteClusterException(owned.Shards.Count, owned.ShardCount);
        return (await AskAsync(shard, name, cancellationToken)).Operations;
    }

    /// <summary>A period of one operation.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="known">What <see cref="ReadAsync(string, CancellationToken)"/> has just answered.</param>
    /// <param name="period">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<OperationHistory> ReadAsync(
        string name,
        IReadOnlyList<OperationStatistics> known,
        StatisticsPeriod period,
        CancellationToken cancellationToken)
    {
        return OperationHistory.ReadAsync(node.Operations, known, name, period, cancellationToken);
    }

    /// <summary>The figures of each operation in the last whole minute and the one that runs.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    public async Task<IReadOnlyDictionary<string, OperationTotals>> ReadRecentAsync(CancellationToken cancellationToken)
    {
        var recent = new Dictionary<string, OperationTotals>(StringComparer.Ordinal);
        foreach (var operation in await ReadAsync(cancellationToken))
        {
            if (!recent.TryGetValue(operation.Name, out var sum))
            {
                recent.Add(operation.Name, sum = new OperationTotals());
            }

            sum.Add(operation.Recent);
        }

        return recent;
    }

    private Task<OperationRead> AskAsync(OwnedShard shard, string? name, CancellationToken cancellationToken)
    {
        return shard.Series.AskAsync<object, OperationRead>(
            replyTo => new ReadOperation(name, node.Generation.Newest.Number, replyTo), ClusterReader.Timeout, cancellationToken);
    }
}
