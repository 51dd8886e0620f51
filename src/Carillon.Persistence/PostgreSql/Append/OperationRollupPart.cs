using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Minutes and hours of operations.</summary>
internal sealed class OperationRollupPart() : AppendPart("operation_rolled")
{
    private readonly Column<string?> _name = Column.Text("name");
    private readonly Column<short> _span = Column.Small("span");
    private readonly Column<DateTimeOffset> _start = Column.Time("start_at");
    private readonly Column<Guid> _labelsId = Column.Uuid("labels_id");
    private readonly Column<ReadOnlyMemory<byte>> _state = Column.Bytes("state");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _name, _span, _start, _labelsId, _state];

    public void Add(in ShardEvent shardEvent, OperationRollup rollup)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _name.Add(Clean(rollup.Name));
        _span.Add((short)rollup.Span);
        _start.Add(Instant.Truncate(rollup.Start));
        _labelsId.Add(rollup.LabelsId);
        _state.Add(rollup.State);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO operation_rollup (shard, name, span, start_at, labels_id, state)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (name, span, start_at, labels_id)
                DO UPDATE SET shard = excluded.shard, state = excluded.state)
            """;
    }
}
