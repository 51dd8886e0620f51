using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Incarnations that are dead and send nothing any more.</summary>
internal sealed class DropSourcePart() : AppendPart("dropped_source")
{
    private readonly Column<Guid> _incarnation = Column.Uuid("incarnation");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _incarnation];

    public void Add(in ShardEvent shardEvent, DropMetricSource drop)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _incarnation.Add(drop.Incarnation);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              DELETE FROM metric_source s USING {rows}
              WHERE {Current} AND s.shard = v.shard AND s.incarnation = v.incarnation)
            """;
    }
}
