using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Used idempotency keys.</summary>
internal sealed class TriggerKeyPart() : AppendPart("used_key")
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<string?> _key = Column.Text("key");
    private readonly Column<DateTimeOffset> _scheduledAt = Column.Time("scheduled_at");
    private readonly Column<DateTimeOffset> _expiresAt = Column.Time("expires_at");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _jobId, _key, _scheduledAt, _expiresAt];

    public void Add(in ShardEvent shardEvent, TriggerKey key)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(key.JobId));
        _key.Add(Clean(key.Key));
        _scheduledAt.Add(Instant.Truncate(key.ScheduledAt));
        _expiresAt.Add(Instant.Truncate(key.ExpiresAt));
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO trigger_key (shard, job_id, key, scheduled_at, expires_at)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (job_id, key) DO UPDATE SET shard = excluded.shard, scheduled_at = excluded.scheduled_at,
                expires_at = excluded.expires_at)
            """;
    }
}
