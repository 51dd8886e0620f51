using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>Counts errors from their indexes.</summary>
internal sealed class SqliteErrors(SqliteReader reader) : IErrorReader
{
    /// <inheritdoc/>
    public Task<List<ErrorCount>> ReadErrorCountsAsync(ErrorQuery query, int limit, CancellationToken cancellationToken)
    {
        var (index, ofJob) = query.JobId is null
            ? ("execution_error", string.Empty)
            : ("execution_error_job", "AND job_id = ?4");
        var sql = $"""
            SELECT error_fingerprint, job_id, count(*), min(finished_at), max(finished_at) FROM (
              SELECT error_fingerprint, job_id, finished_at FROM execution INDEXED BY {index}
              WHERE error_fingerprint IS NOT NULL AND finished_at >= ?1 AND finished_at < ?2 {ofJob}
              ORDER BY finished_at DESC LIMIT ?3)
            GROUP BY error_fingerprint, job_id
            """;
        object[] values = query.JobId is { } job
            ? [query.From, query.Until, limit, job]
            : [query.From, query.Until, limit];
        return reader.ReadAsync(
            session => session.Query(
                sql,
                row => new ErrorCount(
                    row.GetInt64(0), row.GetString(1), row.GetInt64(2), SqliteRows.Time(row, 3), SqliteRows.Time(row, 4)),
                values),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Dictionary<long, Attempt>> ReadErrorSamplesAsync(
        IReadOnlyList<(DateTimeOffset At, long Fingerprint)> kinds, CancellationToken cancellationToken)
    {
        return reader.ReadAsync(
            session =>
            {
                var samples = new Dictionary<long, Attempt>();
                foreach (var (at, fingerprint) in kinds)
                {
                    session.Each(
                        $"""
                        SELECT {RowColumns.Attempt} FROM execution e INDEXED BY execution_error
                        WHERE e.finished_at = ?1 AND e.error_fingerprint = ?2 LIMIT 1
                        """,
                        row => samples.Add(fingerprint, SqliteRows.ReadAttempt(row)),
                        at,
                        fingerprint);
                }

                return samples;
            },
            cancellationToken);
    }
}
