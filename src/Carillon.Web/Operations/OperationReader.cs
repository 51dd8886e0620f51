using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>Reads recorded operations from their shards, and past periods from the store.</summary>
internal sealed class OperationReader(NodeContext node, ClusterReader reader)
{
    /// <summary>Every operation with its labels.</summary>
    public Task<IReadOnlyList<OperationStatistics>> ReadAsync(CancellationToken cancellationToken)
    {
        return reader.ReadOperationsAsync(name: null, cancellationToken);
    }

    /// <summary>One operation by its labels; empty when it is not known.</summary>
    public Task<IReadOnlyList<OperationStatistics>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        return reader.ReadOperationsAsync(name, cancellationToken);
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
}
