using System.Globalization;
using System.Text;
using Carillon.Model;
using Carillon.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Carillon.Benchmarks.Workers;

/// <summary>
/// What SQLite itself can do: the product's tables, indexes and settings, prepared statements below ADO.NET, one
/// transaction a flush.
/// </summary>
internal sealed class SqliteFloorWorkload : FlushWorkload
{
    private const string Settings =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY";

    private readonly string _path;
    private readonly byte[] _node = Guid.NewGuid().ToByteArray(bigEndian: true);
    private readonly byte[][] _jobs;
    private SqliteConnection? _connection;
    private sqlite3_stmt? _begin;
    private sqlite3_stmt? _commit;
    private sqlite3_stmt? _insert;
    private sqlite3_stmt? _update;
    private long _no;

    public SqliteFloorWorkload(WorkerSpec spec, ExecutionRecorder recorder)
        : base(spec, recorder)
    {
        _path = Path.Combine(spec.DataDirectory!, "carillon.db");
        _jobs = [.. Enumerable.Range(0, spec.BatchSize).Select(static number => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"job-{number}")))];
    }

    public override async Task PrepareAsync()
    {
        await using (var store = new SqliteStore(new SqliteStoreOptions { Path = _path }, TimeProvider.System, NullLoggerFactory.Instance))
        {
            await store.MigrateAsync(CancellationToken.None);
        }

        _connection = new SqliteConnection($"Data Source={_path};Pooling=False");
        await _connection.OpenAsync();
        await using var settings = _connection.CreateCommand();
        settings.CommandText = Settings;
        await settings.ExecuteNonQueryAsync();
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _insert = Prepare(
            """
            INSERT INTO execution (shard, job_id, scheduled_at, attempt, trigger_kind, planned_no, started_no, epoch, due_at, started_at, node, cause)
            VALUES (1, ?1, ?2, 1, 0, ?3, ?3, 1, ?2, ?2, ?4, 0)
            """);
        _update = Prepare(
            """
            UPDATE execution SET finished_no = ?1, finished_at = ?2, outcome = 1, final = 1, duration_us = 1
            WHERE scheduled_at = ?3 AND job_id = ?4 AND attempt = 1
            """);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var statement in new[] { _begin, _commit, _insert, _update })
        {
            statement?.Dispose();
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    protected override Task FlushAsync(DateTimeOffset scheduledAt, DateTimeOffset? before)
    {
        var now = Instant.ToMicroseconds(scheduledAt);
        Run(_begin!);
        for (var i = 0; i < _jobs.Length; i++)
        {
            var job = _jobs[i];
            if (before is { } ended)
            {
                raw.sqlite3_bind_int64(_update, 1, ++_no);
                raw.sqlite3_bind_int64(_update, 2, now);
                raw.sqlite3_bind_int64(_update, 3, Instant.ToMicroseconds(ended) + i);
                raw.sqlite3_bind_text(_update, 4, job);
                Run(_update!);
            }

            raw.sqlite3_bind_text(_insert, 1, job);
            raw.sqlite3_bind_int64(_insert, 2, now + i);
            raw.sqlite3_bind_int64(_insert, 3, ++_no);
            raw.sqlite3_bind_blob(_insert, 4, _node);
            Run(_insert!);
        }

        Run(_commit!);
        return Task.CompletedTask;
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection!.Handle!, sql, out var statement), raw.SQLITE_OK);
        return statement;
    }

    private void Run(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement), raw.SQLITE_DONE);
        Check(raw.sqlite3_reset(statement), raw.SQLITE_OK);
    }

    private void Check(int code, int expected)
    {
        if (code != expected)
        {
            throw new InvalidOperationException($"SQLite answered {code}: {raw.sqlite3_errmsg(_connection!.Handle!).utf8_to_string()}");
        }
    }
}
