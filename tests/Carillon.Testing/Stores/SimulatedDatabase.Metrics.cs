using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Testing;

/// <content>What operations and instruments have recorded.</content>
public sealed partial class SimulatedDatabase
{
    private readonly Dictionary<(int Shard, MetricKind, string, Guid), MetricSeries> _series = [];
    private readonly Dictionary<(int Shard, Guid), MetricSource> _sources = [];
    private readonly Dictionary<(string, RollupSpan, DateTimeOffset, Guid), OperationRollup> _operations = [];

    internal bool Read(OperationRange range, Action<OperationRollup> read)
    {
        foreach (var row in _operations.Values.Where(range.Holds))
        {
            read(row);
        }

        return true;
    }

    private void ApplyMetrics(int shard, ShardWrite write)
    {
        switch (write)
        {
            case SaveSeries { Series: var series }:
                _series[(shard, series.Kind, series.Name, series.LabelsId)] = series;
                break;
            case SaveMetricSource { Source: var source }:
                _sources[(shard, source.Incarnation)] = source;
                break;
            case DropMetricSource drop:
                _sources.Remove((shard, drop.Incarnation));
                break;
            case SaveOperationRollup { Rollup: var rollup }:
                _operations[(rollup.Name, rollup.Span, Instant.Truncate(rollup.Start), rollup.LabelsId)] = rollup;
                break;
            default:
                throw new InvalidOperationException($"no rows for {write.GetType().Name}");
        }
    }
}
