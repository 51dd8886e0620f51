using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What an operation did in some period of the past, from whole minutes and hours.</summary>
public sealed class OperationHistory
{
    private readonly Dictionary<LabelSet, OperationTotals> _series = [];

    private OperationHistory()
    {
    }

    /// <summary>The figures by labels.</summary>
    public IReadOnlyDictionary<LabelSet, OperationTotals> Series => _series;

    /// <summary>Reads a period.</summary>
    /// <param name="store">Where minutes and hours that have ended are.</param>
    /// <param name="open">
    /// The operation as its shard has it, read before this call: what has not ended then is in it, and what has ended
    /// meanwhile is in the store.
    /// </param>
    /// <param name="name">The operation.</param>
    /// <param name="period">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OperationHistory> ReadAsync(
        IOperationStore store,
        IReadOnlyList<OperationStatistics> open,
        string name,
        StatisticsPeriod period,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(period);
        var history = new OperationHistory();
        foreach (var range in period.Ranges)
        {
            var ended = new HashSet<(LabelSet, DateTimeOffset)>();
            await store.ReadAsync(
                new OperationRange(name, range.Span, range.From, range.To),
                rollup =>
                {
                    var (labels, totals) = OperationRollups.Read(rollup);
                    ended.Add((labels, rollup.Start));
                    history.Add(labels, totals);
                },
                cancellationToken);
            foreach (var series in open)
            {
                var unended = range.Span == RollupSpan.Minute ? series.Minute : series.Hour;
                if (unended is not null && unended.Start >= range.From && unended.Start < range.To
                    && !ended.Contains((series.Labels, unended.Start)))
                {
                    history.Add(series.Labels, unended.Totals);
                }
            }
        }

        return history;
    }

    private void Add(LabelSet labels, OperationTotals totals)
    {
        if (!_series.TryGetValue(labels, out var sum))
        {
            _series.Add(labels, sum = new OperationTotals());
        }

        sum.Add(totals);
    }
}
