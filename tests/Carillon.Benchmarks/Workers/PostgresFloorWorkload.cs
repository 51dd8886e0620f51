using System.Globalization;
using Carillon.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Benchmarks.Workers;

/// <summary>
/// What PostgreSQL itself can do: the product's tables and indexes, one round trip a flush, and neither fence nor
/// terms, events or actors.
/// </summary>
internal sealed class PostgresFloorWorkload : FlushWorkload
{
    // The plans are made while the table is empty, as in the product; without this they would read the whole of it.
    private const string IndexPlans =
        ";Options=-c search_path=carillon -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off"
        + " -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off -c jit=off";

    private readonly WorkerSpec _spec;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _flush;
    private readonly NpgsqlParameter<DateTimeOffset> _now = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    private readonly long[] _numbers;
    private readonly DateTimeOffset[] _starts;
    private readonly DateTimeOffset[] _ends;
    private long _no;

    public PostgresFloorWorkload(WorkerSpec spec, ExecutionRecorder recorder)
        : base(spec, recorder)
    {
        _spec = spec;
        _numbers = new long[spec.BatchSize];
        _starts = new DateTimeOffset[spec.BatchSize];
        _ends = new DateTimeOffset[spec.BatchSize];
        _connection = new NpgsqlConnection(spec.ConnectionString + IndexPlans);
        _flush = new NpgsqlBatch(_connection);
    }

    public override async Task PrepareAsync()
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = _spec.ConnectionString!, Incarnation = Guid.NewGuid() };
        await using (var store = new PostgreSqlStore(options, TimeProvider.System, NullLoggerFactory.Instance))
        {
            await store.MigrateAsync(CancellationToken.None);
            await store.PrepareAsync(DateTimeOffset.UtcNow, CancellationToken.None);
        }

        await _connection.OpenAsync();
        var partition = "execution_p" + DateTimeOffset.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        string[] jobs = [.. Enumerable.Range(0, BatchSize).Select(static number => string.Create(CultureInfo.InvariantCulture, $"job-{number}"))];
        var names = new NpgsqlParameter<string[]> { TypedValue = jobs, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

        // A constant in the update would be the one thing an index could look for before it knows the job.
        short[] first = [.. Enumerable.Repeat((short)1, BatchSize)];
        var attempts = new NpgsqlParameter<short[]> { TypedValue = first, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };
        var node = new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() };
        _flush.BatchCommands.Add(Command(
            $"""
            UPDATE {partition} e SET finished_no = v.no, finished_at = $4, outcome = 1, final = true, duration_us = 1
            FROM unnest($1, $2, $3, $5) v(job_id, no, scheduled_at, attempt)
            WHERE e.scheduled_at = ANY (ARRAY[v.scheduled_at]) AND e.job_id = v.job_id AND e.attempt = v.attempt
            """,
            [names, Numbers(), Times(_ends), _now, attempts]));
        _flush.BatchCommands.Add(Command(
            $"""
            INSERT INTO {partition} (shard, job_id, scheduled_at, attempt, trigger_kind, planned_no, started_no, epoch, due_at, started_at, node, cause)
            SELECT 1, v.job_id, v.scheduled_at, 1, 0, v.no, v.no, 1, v.scheduled_at, v.scheduled_at, $4, 0
            FROM unnest($1, $2, $3) v(job_id, no, scheduled_at)
            """,
            [names.Clone(), Numbers(), Times(_starts), node]));
        await _flush.PrepareAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _flush.DisposeAsync();
        await _connection.DisposeAsync();
    }

    protected override async Task FlushAsync(DateTimeOffset scheduledAt, DateTimeOffset? before)
    {
        for (var i = 0; i < _numbers.Length; i++)
        {
            _numbers[i] = ++_no;
            _starts[i] = Of(i, scheduledAt);
            _ends[i] = Of(i, before ?? DateTimeOffset.UnixEpoch);
        }

        _now.TypedValue = scheduledAt;
        await _flush.ExecuteNonQueryAsync();
    }

    private NpgsqlParameter<long[]> Numbers()
    {
        return new NpgsqlParameter<long[]> { TypedValue = _numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    }

    private static NpgsqlParameter<DateTimeOffset[]> Times(DateTimeOffset[] times)
    {
        return new NpgsqlParameter<DateTimeOffset[]> { TypedValue = times, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
    }

    private static NpgsqlBatchCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
