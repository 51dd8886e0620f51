using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Starts of waiting attempts.</summary>
/// <param name="table">The table or partition that holds them.</param>
internal sealed class StartPart(string table) : AppendPart("start_" + table)
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<DateTimeOffset> _scheduledAt = Column.Time("scheduled_at");
    private readonly Column<short> _attempt = Column.Small("attempt");
    private readonly Column<long> _no = Column.Big("no");
    private readonly Column<long> _epoch = Column.Big("epoch");
    private readonly Column<DateTimeOffset> _startedAt = Column.Time("started_at");
    private readonly Column<Guid> _node = Column.Uuid("node");
    private readonly Column<short> _cause = Column.Small("cause");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns =>
        [Shard, _jobId, _scheduledAt, _attempt, _no, _epoch, _startedAt, _node, _cause];

    public void Add(in ShardEvent shardEvent, StartAttempt start)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(start.Key.JobId));
        _scheduledAt.Add(Instant.Truncate(start.Key.ScheduledAt));
        _attempt.Add(checked((short)start.Key.Attempt));
        _no.Add(shardEvent.No);
        _epoch.Add(shardEvent.Term.Epoch);
        _startedAt.Add(Instant.Truncate(start.StartedAt));
        _node.Add(start.Node);
        _cause.Add((short)start.WaitCause);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              UPDATE {table} e SET started_no = v.no, epoch = v.epoch, started_at = v.started_at,
                node = v.node, cause = v.cause
              FROM {rows}
              WHERE {AttemptRow.Found} AND coalesce(e.started_no, e.finished_no, 0) = 0 AND {Current})
            """;
    }
}
