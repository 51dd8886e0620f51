using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>How far shards have been audited.</summary>
internal sealed class AuditPart() : AppendPart("audit")
{
    private readonly Column<DateTimeOffset> _through = Column.Time("through");
    private readonly Column<long> _duplicates = Column.Big("duplicates");
    private readonly Column<long> _missed = Column.Big("missed");
    private readonly Column<DateTimeOffset?> _lastFindingAt = Column.TimeOrNull("last_finding_at");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _through, _duplicates, _missed, _lastFindingAt];

    public void Add(in ShardEvent shardEvent, ShardAudit audit)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _through.Add(Instant.Truncate(audit.Through));
        _duplicates.Add(audit.Duplicates);
        _missed.Add(audit.Missed);
        _lastFindingAt.Add(audit.LastFindingAt is { } at ? Instant.Truncate(at) : null);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO shard_audit (shard, through, duplicates, missed, last_finding_at)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (shard) DO UPDATE SET through = excluded.through, duplicates = excluded.duplicates,
                missed = excluded.missed, last_finding_at = excluded.last_finding_at)
            """;
    }
}
