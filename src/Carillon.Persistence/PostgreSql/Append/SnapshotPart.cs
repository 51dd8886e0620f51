using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Folded histories.</summary>
internal sealed class SnapshotPart() : AppendPart("history")
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<long> _createdNo = Column.Big("created_no");
    private readonly Column<long> _throughNo = Column.Big("through_no");
    private readonly Column<DateTimeOffset?> _plannedThrough = Column.TimeOrNull("planned_through");
    private readonly Column<ReadOnlyMemory<byte>> _state = Column.Bytes("state");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _jobId, _createdNo, _throughNo, _plannedThrough, _state];

    public void Add(in ShardEvent shardEvent, HistorySnapshot snapshot)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(snapshot.JobId));
        _createdNo.Add(snapshot.CreatedNo);
        _throughNo.Add(snapshot.ThroughNo);
        _plannedThrough.Add(snapshot.PlannedThrough is { } through ? Instant.Truncate(through) : null);
        _state.Add(snapshot.State);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO snapshot (shard, job_id, created_no, through_no, planned_through, state)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (shard, job_id, created_no) DO UPDATE SET through_no = excluded.through_no,
                planned_through = excluded.planned_through, state = excluded.state)
            """;
    }
}
