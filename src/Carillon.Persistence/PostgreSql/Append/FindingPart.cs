using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>What audits have found.</summary>
internal sealed class FindingPart() : AppendPart("finding")
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<DateTimeOffset> _scheduledAt = Column.Time("scheduled_at");
    private readonly Column<short> _kind = Column.Small("kind");
    private readonly Column<short> _attempt = Column.Small("attempt");
    private readonly Column<DateTimeOffset> _foundAt = Column.Time("found_at");
    private readonly Column<string?> _evidence = Column.Text("evidence");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _jobId, _scheduledAt, _kind, _attempt, _foundAt, _evidence];

    public void Add(in ShardEvent shardEvent, AuditFinding finding)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(finding.JobId));
        _scheduledAt.Add(Instant.Truncate(finding.ScheduledAt));
        _kind.Add((short)finding.Kind);
        _attempt.Add((short)finding.Attempt);
        _foundAt.Add(Instant.Truncate(finding.FoundAt));
        _evidence.Add(Clean(finding.Evidence));
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO audit_finding (job_id, scheduled_at, kind, attempt, found_at, evidence)
              SELECT v.job_id, v.scheduled_at, v.kind, v.attempt, v.found_at, v.evidence FROM {rows} WHERE {Current}
              ON CONFLICT (job_id, scheduled_at, kind, attempt) DO NOTHING)
            """;
    }
}
