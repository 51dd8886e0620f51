using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Figures of jobs per minute, or per hour.</summary>
/// <param name="table">The table of the span.</param>
internal sealed class RollupPart(string table) : AppendPart(table)
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<DateTimeOffset> _start = Column.Time("start");
    private readonly Column<long> _firstNo = Column.Big("first_no");
    private readonly Column<long> _throughNo = Column.Big("through_no");
    private readonly Column<string?> _category = Column.Text("category");
    private readonly Column<string?> _queue = Column.Text("queue");
    private readonly Column<long>[] _outcomes = [.. RowColumns.Outcomes.Select(static outcome => Column.Big(outcome.Name))];
    private readonly Column<long> _retries = Column.Big("retries");
    private readonly Column<long> _durations = Column.Big("durations");
    private readonly Column<long> _duration = Column.Big("duration_us");
    private readonly Column<ReadOnlyMemory<byte>> _state = Column.Bytes("state");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns =>
        [_jobId, _start, _firstNo, Shard, _throughNo, _category, _queue, .. _outcomes, _retries, _durations, _duration, _state];

    public void Add(in ShardEvent shardEvent, Rollup rollup)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(rollup.JobId));
        _start.Add(rollup.Start);
        _firstNo.Add(rollup.FirstNo);
        _throughNo.Add(rollup.ThroughNo);
        _category.Add(Clean(rollup.Category));
        _queue.Add(Clean(rollup.Queue));
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i].Add(rollup.Ended.Of(RowColumns.Outcomes[i].Outcome));
        }

        _retries.Add(rollup.Retries);
        _durations.Add(rollup.Durations);
        _duration.Add(rollup.DurationMicroseconds);
        _state.Add(rollup.State);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              INSERT INTO {Name} ({RowColumns.Rollup})
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (job_id, start, first_no) DO UPDATE SET {RowColumns.RollupReplacement})
            """;
    }
}
