using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>How much of what each node recorded is merged.</summary>
internal sealed class SourcePart() : AppendPart("source")
{
    private readonly Column<Guid> _incarnation = Column.Uuid("incarnation");
    private readonly Column<long> _sequence = Column.Big("sequence");
    private readonly Column<bool> _isHome = Column.Flag("is_home");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _incarnation, _sequence, _isHome];

    public void Add(in ShardEvent shardEvent, MetricSource source)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _incarnation.Add(source.Incarnation);
        _sequence.Add(source.Sequence);
        _isHome.Add(source.IsHome);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO metric_source (shard, incarnation, sequence, is_home)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (shard, incarnation) DO UPDATE SET sequence = excluded.sequence, is_home = excluded.is_home)
            """;
    }
}
