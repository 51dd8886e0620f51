using System.Data;
using Carillon.Model;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>
/// Reads everything that new owners need of their shards, in one round trip for all of them, and as of one moment: readers
/// whose owner is silent show it while the owner goes on writing.
/// </summary>
internal sealed class PostgreSqlLoad(PostgreSqlConnections connections)
{
    // A deleted job and its successor of the same id may have a snapshot each.
    private const string Oldest =
        "(SELECT job_id, min(through_no) AS through_no FROM snapshot WHERE shard = ANY ($1) GROUP BY job_id)";

    // The first column is the shard. Snapshots come first: they decide which attempts and runs are still news.
    private static readonly (string Sql, Action<NpgsqlDataReader, RecoveryBuilder> Read)[] Parts =
    [
        ("SELECT shard, job_id, created_no, through_no, planned_through, state FROM snapshot WHERE shard = ANY ($1)", ReadSnapshot),
        ($"SELECT {RowColumns.Job} FROM job WHERE shard = ANY ($1)",
            static (row, shard) => shard.Add(PostgreSqlRows.ReadJob(row))),
        ("SELECT shard, through, duplicates, missed, last_finding_at FROM shard_audit WHERE shard = ANY ($1)", ReadAudit),
        ("""
         SELECT shard, job_id, key, scheduled_at, expires_at FROM trigger_key
         WHERE shard = ANY ($1) AND expires_at > clock_timestamp()
         """, ReadKey),
        ("SELECT shard, kind, name, labels_id, state FROM metric_series WHERE shard = ANY ($1)",
            static (row, shard) => shard.Add(new MetricSeries(
                (MetricKind)row.GetInt16(1), row.GetString(2), row.GetGuid(3), row.GetFieldValue<byte[]>(4)))),
        ("SELECT shard, incarnation, sequence, is_home FROM metric_source WHERE shard = ANY ($1)",
            static (row, shard) => shard.Add(new MetricSource(row.GetGuid(1), row.GetInt64(2), row.GetBoolean(3)))),
        ($"""
         SELECT r.shard, r.job_id, r.from_at, r.to_at, r.count, r.outcome, r.reason, r.no
         FROM {Oldest} s JOIN occurrence_run r ON r.job_id = s.job_id AND r.no > s.through_no
         """, ReadRun),
        ($"SELECT {RowColumns.Attempt} FROM execution e WHERE e.shard = ANY ($1) AND e.finished_no IS NULL",
            ReadAttempt),
        ($"""
         SELECT {RowColumns.Attempt} FROM {Oldest} s
         JOIN execution e ON e.job_id = s.job_id AND e.finished_no > s.through_no
         """, ReadAttempt),
    ];

    public async Task<IReadOnlyList<ShardRecovery>> LoadAsync(
        IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken)
    {
        var shards = terms.ToDictionary(term => term.Shard, term => new RecoveryBuilder(term));
        short[] ids = [.. shards.Keys.Select(id => (short)id)];
        await using var connection = await connections.Queries.OpenConnectionAsync(cancellationToken);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, moment);
        foreach (var (sql, _) in Parts)
        {
            var shardIds = PostgreSqlRows.Array(ids, NpgsqlDbType.Smallint);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { shardIds } });
        }

        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            foreach (var (_, read) in Parts)
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    read(reader, shards[reader.GetInt16(0)]);
                }

                await reader.NextResultAsync(cancellationToken);
            }
        }

        foreach (var shard in shards.Values)
        {
            await ReadStartsAsync(connection, shard, cancellationToken);
        }

        await moment.CommitAsync(cancellationToken);
        return terms.Select(term => shards[term.Shard].Build()).ToArray();
    }

    private static async Task ReadStartsAsync(NpgsqlConnection connection, RecoveryBuilder shard, CancellationToken cancellationToken)
    {
        foreach (var job in shard.Limited)
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT started_at, finished_at FROM execution
                WHERE job_id = $1 AND finished_no IS NOT NULL AND started_at IS NOT NULL ORDER BY finished_no DESC LIMIT $2
                """,
                connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = job.Id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = job.StartsToKnow });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var at = await reader.GetFieldValueAsync<DateTimeOffset>(0, cancellationToken);
                var endedAt = await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken);
                shard.Add(new RecordedStart(job.Id, at, endedAt));
            }
        }
    }

    private static void ReadSnapshot(NpgsqlDataReader row, RecoveryBuilder shard)
    {
        shard.Add(new HistorySnapshot(
            row.GetString(1), row.GetInt64(2), row.GetInt64(3), PostgreSqlRows.TimeOrNull(row, 4), row.GetFieldValue<byte[]>(5)));
    }

    private static void ReadAudit(NpgsqlDataReader row, RecoveryBuilder shard)
    {
        shard.Add(new ShardAudit(
            row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2), row.GetInt64(3), PostgreSqlRows.TimeOrNull(row, 4)));
    }

    private static void ReadKey(NpgsqlDataReader row, RecoveryBuilder shard)
    {
        shard.Add(new TriggerKey(
            row.GetString(1),
            row.GetString(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.GetFieldValue<DateTimeOffset>(4)));
    }

    private static void ReadRun(NpgsqlDataReader row, RecoveryBuilder shard)
    {
        var run = new OccurrenceRun(
            row.GetString(1),
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.GetInt64(4),
            (Outcome)row.GetInt16(5),
            row.GetString(6));
        shard.Add(run, row.GetInt64(7));
    }

    private static void ReadAttempt(NpgsqlDataReader row, RecoveryBuilder shard)
    {
        shard.Add(PostgreSqlRows.ReadAttempt(row));
    }
}
