using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Stretches of occurrences that did not run.</summary>
internal sealed class RunPart() : AppendPart("run")
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<DateTimeOffset> _from = Column.Time("from_at");
    private readonly Column<DateTimeOffset> _to = Column.Time("to_at");
    private readonly Column<long> _count = Column.Big("count");
    private readonly Column<short> _outcome = Column.Small("outcome");
    private readonly Column<string?> _reason = Column.Text("reason");
    private readonly Column<long> _no = Column.Big("no");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns => [Shard, _jobId, _from, _to, _count, _outcome, _reason, _no];

    public void Add(in ShardEvent shardEvent, OccurrenceRun run)
    {
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(run.JobId));
        _from.Add(Instant.Truncate(run.From));
        _to.Add(Instant.Truncate(run.To));
        _count.Add(run.Count);
        _outcome.Add((short)run.Outcome);
        _reason.Add(Clean(run.Reason));
        _no.Add(shardEvent.No);
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            run AS (
              INSERT INTO occurrence_run (shard, job_id, from_at, to_at, count, outcome, reason, no)
              SELECT v.* FROM {rows} WHERE {Current}
              ON CONFLICT (job_id, from_at) DO UPDATE SET shard = excluded.shard, to_at = excluded.to_at,
                count = excluded.count, outcome = excluded.outcome, reason = excluded.reason, no = excluded.no)
            """;
    }
}
