using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>Ends of open attempts.</summary>
/// <param name="table">The table or partition that holds them.</param>
internal sealed class FinishPart(string table) : AppendPart("finish_" + table)
{
    private readonly Column<string?> _jobId = Column.Text("job_id");
    private readonly Column<DateTimeOffset> _scheduledAt = Column.Time("scheduled_at");
    private readonly Column<short> _attempt = Column.Small("attempt");
    private readonly Column<long> _no = Column.Big("no");
    private readonly Column<DateTimeOffset> _at = Column.Time("at");
    private readonly Column<short> _outcome = Column.Small("outcome");
    private readonly Column<bool> _final = Column.Flag("final");
    private readonly Column<long?> _duration = Column.BigOrNull("duration_us");
    private readonly Column<string?> _reason = Column.Text("reason");
    private readonly Column<string?> _errorType = Column.Text("error_type");
    private readonly Column<string?> _errorMessage = Column.Text("error_message");
    private readonly Column<string?> _errorStack = Column.Text("error_stack");
    private readonly Column<long?> _fingerprint = Column.BigOrNull("error_fingerprint");
    private readonly Column<string?> _output = Column.Text("output");

    /// <inheritdoc/>
    public override IReadOnlyList<Column> Columns =>
    [
        Shard, _jobId, _scheduledAt, _attempt, _no, _at, _outcome, _final, _duration, _reason,
        _errorType, _errorMessage, _errorStack, _fingerprint, _output,
    ];

    public void Add(in ShardEvent shardEvent, FinishAttempt finish)
    {
        var result = finish.Result;
        Shard.Add((short)shardEvent.Term.Shard);
        _jobId.Add(Clean(finish.Key.JobId));
        _scheduledAt.Add(Instant.Truncate(finish.Key.ScheduledAt));
        _attempt.Add(checked((short)finish.Key.Attempt));
        _no.Add(shardEvent.No);
        _at.Add(Instant.Truncate(shardEvent.At));
        _outcome.Add((short)result.Outcome);
        _final.Add(result.Final);
        _duration.Add(result.DurationMicroseconds);
        _reason.Add(Clean(result.Reason));
        _errorType.Add(result.Error?.Type);
        _errorMessage.Add(result.Error?.Message);
        _errorStack.Add(result.Error?.Stack);
        _fingerprint.Add(result.Error is { } error ? ErrorFingerprint.Of(error) : null);
        _output.Add(Clean(result.Output));
    }

    /// <inheritdoc/>
    public override string Sql(string rows)
    {
        return $"""
            {Name} AS (
              UPDATE {table} e SET finished_no = v.no, finished_at = v.at, outcome = v.outcome, final = v.final,
                duration_us = v.duration_us, reason = v.reason, error_type = v.error_type,
                error_message = v.error_message, error_stack = v.error_stack,
                error_fingerprint = v.error_fingerprint, output = v.output
              FROM {rows}
              WHERE {AttemptRow.Found} AND coalesce(e.finished_no, 0) = 0 AND {Current})
            """;
    }
}
