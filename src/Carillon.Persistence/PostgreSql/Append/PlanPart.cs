using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>New attempts.</summary>
/// <param name="table">The table or partition that takes them.</param>
internal sealed class PlanPart(string table) : AppendPart("plan_" + table)
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<DateTimeOffset> _scheduledAt = Column.Time("scheduled_at");
    private readonly Column<short> _attempt = Column.Small("attempt");
    private readonly Column<short> _trigger = Column.Small("trigger_kind");
    private readonly Column<long> _plannedNo = Column.Big("planned_no");
    private readonly Column<long?> _startedNo = Column.BigOrNull("started_no");
    private readonly Column<long?> _epoch = Column.BigOrNull("epoch");
    private readonly Column<DateTimeOffset> _dueAt = Column.Time("due_at");
    private readonly Column<DateTimeOffset?> _startedAt = Column.TimeOrNull("started_at");
    private readonly Column<Guid?> _node = Column.UuidOrNull("node");
    private readonly Column<short> _cause = Column.Small("cause");
    private readonly Column<short> _losses = Column.Small("losses");
    private readonly Column<DateTimeOffset?> _firstStartedAt = Column.TimeOrNull("first_started_at");
    private readonly Column<string?> _payload = Column.Text("payload");
    private readonly Column<string?> _traceParent = Column.Text("trace_parent");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns =>
    [
        Shard, _jobId, _scheduledAt, _attempt, _trigger, _plannedNo, _startedNo, _epoch,
        _dueAt, _startedAt, _node, _cause, _losses, _firstStartedAt, _payload, _traceParent,
    ];

    public void Add(in ShardEvent shardEvent, Attempt attempt)
    {
        var started = attempt.StartedAt is not null;
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(attempt.Key.JobId));
        _scheduledAt.Add(Instant.Truncate(attempt.Key.ScheduledAt));
        _attempt.Add(checked((short)attempt.Key.Attempt));
        _trigger.Add((short)attempt.Trigger);
        _plannedNo.Add(shardEvent.No);
        _startedNo.Add(started ? shardEvent.No : null);
        _epoch.Add(started ? shardEvent.Term.Epoch : null);
        _dueAt.Add(Instant.Truncate(attempt.DueAt));
        _startedAt.Add(started ? Instant.Truncate(attempt.StartedAt!.Value) : null);
        _node.Add(started ? attempt.Node : null);
        _cause.Add((short)attempt.WaitCause);
        _losses.Add(checked((short)attempt.Losses));
        _firstStartedAt.Add(attempt.FirstStartedAt is { } first ? Instant.Truncate(first) : null);
        _payload.Add(Clean(attempt.Payload));
        _traceParent.Add(Clean(attempt.TraceParent));
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        var columns = string.Join(", ", Columns.Select(column => column.Name));
        return $"{Name} AS (INSERT INTO {table} ({columns}) SELECT {columns} FROM {rows} WHERE {Current})";
    }
}
