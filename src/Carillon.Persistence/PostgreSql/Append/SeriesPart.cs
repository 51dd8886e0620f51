using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Series of operations and instruments.</summary>
internal sealed class SeriesPart() : AppendPart("series")
{
    private readonly Column<short> _kind = Column.Small("kind");
    private readonly Column<string?> _name = Column.Text("name");
    private readonly Column<Guid> _labelsId = Column.Uuid("labels_id");
    private readonly Column<ReadOnlyMemory<byte>> _state = Column.Bytes("state");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _kind, _name, _labelsId, _state];

    public void Add(in ShardEvent shardEvent, MetricSeries series)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _kind.Add((short)series.Kind);
        _name.Add(Clean(series.Name));
        _labelsId.Add(series.LabelsId);
        _state.Add(series.State);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO metric_series (shard, kind, name, labels_id, state)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (shard, kind, name, labels_id) DO UPDATE SET state = excluded.state)
            """;
    }
}
