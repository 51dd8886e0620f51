using System.Text.Json;
using Carillon.Model;
using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>Reads everything that new owners need of their shards, in one read transaction.</summary>
internal sealed class SqliteLoad(TimeProvider clock)
{
    private const string Shards = "(SELECT value FROM json_each(?1))";

    // A deleted job and its successor of the same id may have a snapshot each.
    private const string Oldest =
        $"(SELECT job_id, min(through_no) AS through_no FROM snapshot WHERE shard IN {Shards} GROUP BY job_id)";

    public IReadOnlyList<ShardRecovery> Load(SqliteSession session, IReadOnlyList<ShardTerm> terms)
    {
        var shards = terms.ToDictionary(term => term.Shard, term => new RecoveryBuilder(term));
        var ids = JsonSerializer.Serialize(shards.Keys);
        using var transaction = session.Connection.BeginTransaction(deferred: true);

        // Snapshots come first: they decide which attempts and runs are still news.
        Read(
            $"SELECT shard, job_id, created_no, through_no, planned_through, state FROM snapshot WHERE shard IN {Shards}",
            ReadSnapshot);
        Read(
            $"SELECT {RowColumns.Job} FROM job WHERE shard IN {Shards}",
            static (row, shard) => shard.Add(SqliteRows.ReadJob(row)));
        Read(
            $"SELECT shard, through, duplicates, missed, last_finding_at FROM shard_audit WHERE shard IN {Shards}",
            static (row, shard) => shard.Add(new ShardAudit(
                SqliteRows.Time(row, 1), row.GetInt64(2), row.GetInt64(3), SqliteRows.TimeOrNull(row, 4))));
        Read(
            $"""
            SELECT shard, job_id, key, scheduled_at, expires_at FROM trigger_key
            WHERE shard IN {Shards} AND expires_at > {Instant.ToMicroseconds(clock.Now())}
            """,
            ReadKey);
        Read(
            $"SELECT shard, kind, name, labels_id, state FROM metric_series WHERE shard IN {Shards}",
            static (row, shard) => shard.Add(new MetricSeries(
                (MetricKind)row.GetInt32(1), row.GetString(2), SqliteRows.Uuid(row, 3), row.GetFieldValue<byte[]>(4))));
        Read(
            $"SELECT shard, incarnation, sequence, is_home FROM metric_source WHERE shard IN {Shards}",
            static (row, shard) => shard.Add(new MetricSource(SqliteRows.Uuid(row, 1), row.GetInt64(2), row.GetBoolean(3))));
        Read(
            $"""
            SELECT r.shard, r.job_id, r.from_at, r.to_at, r.count, r.outcome, r.reason, r.no
            FROM {Oldest} s CROSS JOIN occurrence_run r ON r.job_id = s.job_id AND r.no > s.through_no
            """,
            ReadRun);
        Read(
            $"""
            SELECT {RowColumns.Attempt} FROM execution e INDEXED BY execution_open
            WHERE e.shard IN {Shards} AND e.finished_no IS NULL
            """,
            ReadAttempt);
        Read(
            $"""
            SELECT {RowColumns.Attempt} FROM {Oldest} s
            CROSS JOIN execution e INDEXED BY execution_window
              ON e.job_id = s.job_id AND e.finished_no > s.through_no
            """,
            ReadAttempt);
        foreach (var shard in shards.Values)
        {
            ReadStarts(session, shard);
        }

        return terms.Select(term => shards[term.Shard].Build()).ToArray();

        void Read(string sql, Action<SqliteDataReader, RecoveryBuilder> read)
        {
            session.Each(sql, row => read(row, shards[row.GetInt32(0)]), ids);
        }
    }

    private static void ReadStarts(SqliteSession session, RecoveryBuilder shard)
    {
        foreach (var job in shard.Limited)
        {
            session.Each(
                """
                SELECT started_at, finished_at FROM execution INDEXED BY execution_window
                WHERE job_id = ?1 AND finished_no IS NOT NULL AND started_at IS NOT NULL ORDER BY finished_no DESC LIMIT ?2
                """,
                row => shard.Add(new RecordedStart(job.Id, SqliteRows.Time(row, 0), SqliteRows.Time(row, 1))),
                job.Id,
                job.StartsToKnow);
        }
    }

    private static void ReadSnapshot(SqliteDataReader row, RecoveryBuilder shard)
    {
        shard.Add(new HistorySnapshot(
            row.GetString(1), row.GetInt64(2), row.GetInt64(3), SqliteRows.TimeOrNull(row, 4), row.GetFieldValue<byte[]>(5)));
    }

    private static void ReadKey(SqliteDataReader row, RecoveryBuilder shard)
    {
        shard.Add(new TriggerKey(row.GetString(1), row.GetString(2), SqliteRows.Time(row, 3), SqliteRows.Time(row, 4)));
    }

    private static void ReadRun(SqliteDataReader row, RecoveryBuilder shard)
    {
        var run = new OccurrenceRun(
            row.GetString(1),
            SqliteRows.Time(row, 2),
            SqliteRows.Time(row, 3),
            row.GetInt64(4),
            (Outcome)row.GetInt32(5),
            row.GetString(6));
        shard.Add(run, row.GetInt64(7));
    }

    private static void ReadAttempt(SqliteDataReader row, RecoveryBuilder shard)
    {
        shard.Add(SqliteRows.ReadAttempt(row));
    }
}
