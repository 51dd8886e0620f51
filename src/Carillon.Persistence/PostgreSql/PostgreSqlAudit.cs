using Carillon.Model;
using Carillon.Scheduling;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>The reads of the audit.</summary>
internal sealed class PostgreSqlAudit(PostgreSqlConnections connections, PostgreSqlReader reader, StatementWatch watch) : IAuditStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<AttemptKey>> ReadOccurrencesAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return watch.RunAsync<IReadOnlyList<AttemptKey>>("audit_occurrences", async () =>
        {
            await using var command = Between(
                """
                SELECT job_id, scheduled_at FROM execution
                WHERE scheduled_at >= $1 AND scheduled_at < $2 AND attempt = 1 ORDER BY scheduled_at LIMIT $3
                """,
                from, until, limit);
            return await PostgreSqlRows.ReadAllAsync(
                command, static row => new AttemptKey(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), 1), cancellationToken);
        });
    }

    /// <inheritdoc/>
    public Task<RepeatedExecutions> ReadRepeatedAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return watch.RunAsync("audit_repeated", async () =>
        {
            await using var command = Between(
                """
                SELECT job_id, scheduled_at, finished_at FROM execution
                WHERE finished_at >= $1 AND finished_at < $2 AND attempt > 1 AND finished_no IS NOT NULL
                ORDER BY finished_at LIMIT $3
                """,
                from, until, limit);
            var ends = await PostgreSqlRows.ReadAllAsync(
                command,
                static row => (new AttemptKey(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), 1), row.GetFieldValue<DateTimeOffset>(2)),
                cancellationToken);
            return await RepeatedAttempts.OfAsync(ends, limit, keys => reader.ReadAttemptsAsync(keys, cancellationToken));
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OccurrenceRun>> ReadStretchesAsync(
        IReadOnlyList<string> jobIds, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        return watch.RunAsync<IReadOnlyList<OccurrenceRun>>("audit_stretches", async () =>
        {
            await using var command = connections.Queries.CreateCommand(
                $"""
                SELECT r.* FROM unnest($1) j(id) CROSS JOIN LATERAL (
                  (SELECT {RowColumns.Stretch} FROM occurrence_run
                   WHERE job_id = j.id AND from_at < $2 ORDER BY from_at DESC LIMIT 1)
                  UNION ALL
                  SELECT {RowColumns.Stretch} FROM occurrence_run WHERE job_id = j.id AND from_at >= $2 AND from_at < $3) r
                WHERE r.to_at >= $2
                """);
            command.Parameters.Add(PostgreSqlRows.Array(jobIds.ToArray(), NpgsqlDbType.Text));
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until });
            return await PostgreSqlRows.ReadAllAsync(command, static row => PostgreSqlRows.ReadStretch(row).Run, cancellationToken);
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditFinding>> ListFindingsAsync(FindingQuery query, CancellationToken cancellationToken)
    {
        return watch.RunAsync<IReadOnlyList<AuditFinding>>("list_findings", async () =>
        {
            await using var command = connections.Queries.CreateCommand(
                $"""
                SELECT {RowColumns.Finding} FROM audit_finding
                WHERE ($1::text IS NULL OR job_id = $1) AND ($2::smallint IS NULL OR kind = $2)
                ORDER BY found_at DESC, job_id, scheduled_at, kind, attempt LIMIT $3
                """);
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = query.JobId, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter<short?> { TypedValue = (short?)query.Kind, NpgsqlDbType = NpgsqlDbType.Smallint });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Clamp(query.Limit, 1, 1_000) });
            return await PostgreSqlRows.ReadAllAsync(
                command,
                static row => new AuditFinding(
                    row.GetString(0),
                    row.GetFieldValue<DateTimeOffset>(1),
                    (AuditFindingKind)row.GetInt16(2),
                    row.GetInt16(3),
                    row.GetFieldValue<DateTimeOffset>(4),
                    row.GetString(5)),
                cancellationToken);
        });
    }

    private NpgsqlCommand Between(string sql, DateTimeOffset from, DateTimeOffset until, int limit)
    {
        var command = connections.Queries.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return command;
    }
}
