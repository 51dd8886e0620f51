using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>What a store keeps of operations and instruments.</summary>
internal sealed class SeriesRows : IOperationStore
{
    private readonly Dictionary<(int Shard, MetricKind, string, Guid), MetricSeries> _series = [];
    private readonly Dictionary<(int Shard, Guid), MetricSource> _sources = [];
    private readonly Dictionary<(string, RollupSpan, DateTimeOffset, Guid), OperationRollup> _rollups = [];

    public IReadOnlyCollection<OperationRollup> Rollups => _rollups.Values;

    public IReadOnlyCollection<MetricSource> Sources => _sources.Values;

    public void Apply(Append append)
    {
        var shard = append.Term.Shard;
        var seen = new HashSet<object>();
        foreach (var write in append.Writes)
        {
            object key = write switch
            {
                SaveSeries { Series: var s } => (s.Kind, s.Name, s.LabelsId),
                SaveMetricSource { Source.Incarnation: var incarnation } => incarnation,
                DropMetricSource { Incarnation: var incarnation } => incarnation,
                SaveOperationRollup { Rollup: var r } => (r.Name, r.Span, r.Start, r.LabelsId),
                _ => throw new InvalidOperationException($"unexpected {write}"),
            };
            Assert.True(seen.Add(key), $"one statement would touch a row twice: {key}");
            switch (write)
            {
                case SaveSeries { Series: var s }:
                    _series[(shard, s.Kind, s.Name, s.LabelsId)] = s;
                    break;
                case SaveMetricSource { Source: var source }:
                    _sources[(shard, source.Incarnation)] = source;
                    break;
                case DropMetricSource drop:
                    _sources.Remove((shard, drop.Incarnation));
                    break;
                case SaveOperationRollup { Rollup: var r }:
                    Assert.True(_rollups.TryAdd((r.Name, r.Span, r.Start, r.LabelsId), r), $"a second form of {r}");
                    break;
            }
        }
    }

    public ShardRecovery Load(ShardTerm term)
    {
        return new ShardRecovery
        {
            Term = term,
            Series = [.. _series.Where(row => row.Key.Shard == term.Shard).Select(static row => row.Value)],
            Sources = [.. _sources.Where(row => row.Key.Shard == term.Shard).Select(static row => row.Value)],
        };
    }

    public Task ReadAsync(OperationRange range, Action<OperationRollup> read, CancellationToken cancellationToken)
    {
        _rollups.Values.Where(range.Holds).ToList().ForEach(read);
        return Task.CompletedTask;
    }
}
