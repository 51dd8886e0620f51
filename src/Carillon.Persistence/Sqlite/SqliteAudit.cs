using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>The reads of the audit.</summary>
internal sealed class SqliteAudit(SqliteReader reader, StatementWatch watch) : IAuditStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AttemptKey>> ReadOccurrencesAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return watch.RunAsync("audit_occurrences", () => reader.ReadAsync<IReadOnlyList<AttemptKey>>(
            session => session.Query(
                """
                SELECT job_id, scheduled_at FROM execution
                WHERE scheduled_at >= ?1 AND scheduled_at < ?2 AND attempt = 1 ORDER BY scheduled_at LIMIT ?3
                """,
                static row => new AttemptKey(row.GetString(0), SqliteRows.Time(row, 1), 1), from, until, limit),
            cancellationToken));
    }

    /// <inheritdoc/>
    public Task<RepeatedExecutions> ReadRepeatedAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return watch.RunAsync("audit_repeated", async () =>
        {
            var ends = await reader.ReadAsync(
                session => session.Query(
                    """
                    SELECT job_id, scheduled_at, finished_at FROM execution INDEXED BY execution_repeated
                    WHERE finished_at >= ?1 AND finished_at < ?2 AND attempt > 1 AND finished_no IS NOT NULL
                    ORDER BY finished_at LIMIT ?3
                    """,
                    static row => (new AttemptKey(row.GetString(0), SqliteRows.Time(row, 1), 1), SqliteRows.Time(row, 2)), from, until, limit),
                cancellationToken);
            return await RepeatedAttempts.OfAsync(ends, limit, keys => reader.ReadAttemptsAsync(keys, cancellationToken));
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OccurrenceRun>> ReadStretchesAsync(
        IReadOnlyList<string> jobIds, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        return watch.RunAsync("audit_stretches", () => reader.ReadAsync<IReadOnlyList<OccurrenceRun>>(
            session => [.. jobIds.SelectMany(id => Stretches(session, id, from, until))], cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditFinding>> ListFindingsAsync(FindingQuery query, CancellationToken cancellationToken)
    {
        return watch.RunAsync("list_findings", () => reader.ReadAsync<IReadOnlyList<AuditFinding>>(
            session => session.Query(
                $"""
                SELECT {RowColumns.Finding} FROM audit_finding
                WHERE (?1 IS NULL OR job_id = ?1) AND (?2 IS NULL OR kind = ?2)
                ORDER BY found_at DESC, job_id, scheduled_at, kind, attempt LIMIT ?3
                """,
                static row => new AuditFinding(
                    row.GetString(0),
                    SqliteRows.Time(row, 1),
                    (AuditFindingKind)row.GetInt32(2),
                    row.GetInt32(3),
                    SqliteRows.Time(row, 4),
                    row.GetString(5)),
                query.JobId,
                (int?)query.Kind,
                Math.Clamp(query.Limit, 1, 1_000)),
            cancellationToken));
    }

    private static List<OccurrenceRun> Stretches(SqliteSession session, string jobId, DateTimeOffset from, DateTimeOffset until)
    {
        return session.Query(
            $"""
            SELECT {RowColumns.Stretch} FROM occurrence_run WHERE job_id = ?1 AND to_at >= ?2 AND from_at < ?3
              AND from_at >= coalesce((SELECT max(from_at) FROM occurrence_run WHERE job_id = ?1 AND from_at < ?2), ?2)
            """,
            static row => SqliteRows.ReadStretch(row).Run, jobId, from, until);
    }
}
