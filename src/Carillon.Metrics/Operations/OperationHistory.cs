using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>What an operation did in some period of the past, from whole minutes and hours.</summary>
public sealed class OperationHistory
{
    private readonly Dictionary<LabelSet, OperationTotals> _series = [];

    private OperationHistory(RollupSpan resolution, DateTimeOffset from, DateTimeOffset to)
    {
        Resolution = resolution;
        From = resolution.Floor(from);
        To = resolution.Ceiling(to);
    }

    /// <summary>Minutes, or hours where minutes are no longer kept.</summary>
    public RollupSpan Resolution { get; }

    /// <summary>The beginning of the period, rounded outward.</summary>
    public DateTimeOffset From { get; }

    /// <summary>The end of the period, rounded outward.</summary>
    public DateTimeOffset To { get; }

    /// <summary>The figures by labels.</summary>
    public IReadOnlyDictionary<LabelSet, OperationTotals> Series => _series;

    /// <summary>Reads a period.</summary>
    /// <param name="store">Where minutes and hours that have ended are.</param>
    /// <param name="open">
    /// The operation as its shard has it, read before this call: what has not ended then is in it, and what has ended
    /// meanwhile is in the store.
    /// </param>
    /// <param name="name">The operation.</param>
    /// <param name="period">From, and before when.</param>
    /// <param name="minutesSince">Before this, minutes are no longer kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OperationHistory> ReadAsync(
        IOperationStore store,
        IReadOnlyList<OperationStatistics> open,
        string name,
        (DateTimeOffset From, DateTimeOffset To) period,
        DateTimeOffset minutesSince,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var resolution = period.From < minutesSince ? RollupSpan.Hour : RollupSpan.Minute;
        var history = new OperationHistory(resolution, period.From, period.To);
        foreach (var (span, from, to) in history.Pieces())
        {
            var ended = new HashSet<(LabelSet, DateTimeOffset)>();
            await store.ReadAsync(
                new OperationRange(name, span, from, to),
                rollup =>
                {
                    var (labels, totals) = OperationRollups.Read(rollup);
                    ended.Add((labels, rollup.Start));
                    history.Add(labels, totals);
                },
                cancellationToken);
            foreach (var series in open)
            {
                var unended = span == RollupSpan.Minute ? series.Minute : series.Hour;
                if (unended is not null && unended.Start >= from && unended.Start < to
                    && !ended.Contains((series.Labels, unended.Start)))
                {
                    history.Add(series.Labels, unended.Totals);
                }
            }
        }

        return history;
    }

    /// <summary>Whole hours in the middle, minutes at both ends.</summary>
    private IEnumerable<(RollupSpan Span, DateTimeOffset From, DateTimeOffset To)> Pieces()
    {
        var first = RollupSpan.Hour.Ceiling(From);
        var last = RollupSpan.Hour.Floor(To);
        return first >= last
            ? [(Resolution, From, To)]
            : [(RollupSpan.Minute, From, first), (RollupSpan.Hour, first, last), (RollupSpan.Minute, last, To)];
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
