using Carillon.Cluster;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>
/// Removes what has expired, by one node at a time: whole days of executions as partitions, the rest by rows. A day
/// with an execution still open keeps that and loses the others.
/// </summary>
internal sealed class PostgreSqlRetention(PostgreSqlConnections connections, StatementWatch watch)
{
    public async Task<bool> DeleteExpiredAsync(Expiry before, int limit, CancellationToken cancellationToken)
    {
        var day = new DateTimeOffset(before.Executions.UtcDateTime.Date, TimeSpan.Zero);
        await using var connection = await connections.Maintenance.OpenConnectionAsync(cancellationToken);
        if (!await TryLockAsync(connection, cancellationToken))
        {
            return false;
        }

        try
        {
            return await DeletePartitionAsync(connection, day, limit, cancellationToken)
                || await DeleteRowsAsync(connection, before with { Executions = day }, limit, cancellationToken);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private string LockKey => $"hashtextextended('carillon.retention.{connections.Schema}', 0)";

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <returns>Whether a partition, or <paramref name="limit"/> rows of one, were removed.</returns>
    private async Task<bool> DeletePartitionAsync(
        NpgsqlConnection connection, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        foreach (var (name, state) in await ListAsync(connection, before, cancellationToken))
        {
            if (await HasOpenAsync(connection, name, cancellationToken))
            {
                if (await DeleteFinishedAsync(connection, name, limit, cancellationToken) == limit)
                {
                    return true;
                }
            }
            else if (await DropAsync(connection, name, state, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The partitions of days before <paramref name="before"/>, oldest first, with those whose removal was cut short.
    /// </summary>
    private static async Task<List<(string Name, string State)>> ListAsync(
        NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname::text,
              CASE WHEN i.inhrelid IS NULL THEN 'detached' WHEN i.inhdetachpending THEN 'pending' ELSE 'attached' END
            FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = 'execution'::regclass
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
              AND c.relname ~ '^execution_p\d{8}$' AND c.relname < $1
            ORDER BY c.relname
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PartitionName.Of(before.UtcDateTime) });
        return await PostgreSqlRows.ReadAllAsync(
            command, static row => (row.GetString(0), row.GetString(1)), cancellationToken);
    }

    private static async Task<bool> HasOpenAsync(
        NpgsqlConnection connection, string partition, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT EXISTS (SELECT FROM {partition} WHERE finished_no IS NULL)", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task<int> DeleteFinishedAsync(
        NpgsqlConnection connection, string partition, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            DELETE FROM {partition} WHERE ctid = ANY (ARRAY(
              SELECT e.ctid FROM {partition} e WHERE e.finished_no IS NOT NULL AND NOT EXISTS (
                SELECT FROM {partition} o
                WHERE o.scheduled_at = e.scheduled_at AND o.job_id = e.job_id AND o.finished_no IS NULL)
              LIMIT $1))
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>False when a row was opened meanwhile, and the partition stays.</returns>
    private async Task<bool> DropAsync(
        NpgsqlConnection connection, string name, string state, CancellationToken cancellationToken)
    {
        if (state is not "detached")
        {
            var how = state is "pending" ? "FINALIZE" : "CONCURRENTLY";
            await ExecuteAsync(connection, $"ALTER TABLE execution DETACH PARTITION {name} {how}", cancellationToken);
        }

        if (await HasOpenAsync(connection, name, cancellationToken))
        {
            var day = PartitionName.DayOf(name);
            await ExecuteAsync(
                connection,
                $"ALTER TABLE execution ATTACH PARTITION {name} FOR VALUES FROM ('{day:yyyy-MM-dd} 00:00:00+00') "
                + $"TO ('{day.AddDays(1):yyyy-MM-dd} 00:00:00+00')",
                cancellationToken);
            return false;
        }

        await ExecuteAsync(connection, $"DROP TABLE {name}", cancellationToken);
        StoreLog.PartitionDropped(watch.Log, name);
        return true;
    }

    /// <returns>Whether there may be more to delete.</returns>
    private static async Task<bool> DeleteRowsAsync(
        NpgsqlConnection connection, Expiry before, int limit, CancellationToken cancellationToken)
    {
        var left = limit;
        foreach (var (table, condition, when) in Expired)
        {
            await using var command = new NpgsqlCommand(
                $"DELETE FROM {table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table} WHERE {condition} LIMIT $2))",
                connection);
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = when(before) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = left });
            left -= await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return left == 0;
    }

    // A node that was dead before the oldest execution kept was scheduled has run none of them.
    private static readonly (string Table, string Condition, Func<Expiry, DateTimeOffset> When)[] Expired =
    [
        ("trigger_key", "expires_at < clock_timestamp()", static before => before.Executions),
        ("occurrence_run", "to_at < $1", static before => before.Executions),
        ("audit_finding", "found_at < $1", static before => before.Executions),
        ("node", "status = 'dead' AND lease_until < $1", static before => before.Executions),
        ("rollup_minute", "start < $1", static before => before.MinuteRollups),
        ("rollup_hour", "start < $1", static before => before.HourRollups),
        ("operation_rollup", "span = 1 AND start_at < $1", static before => before.MinuteRollups),
        ("operation_rollup", "span = 2 AND start_at < $1", static before => before.HourRollups),
    ];

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
