using Carillon.Benchmarks.Workers;
using Carillon.Model;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Counts what a store says has been executed; after the run, so that counting costs it nothing.</summary>
internal static class RecordedExecutions
{
    private const string OfCarillon =
        "SELECT count(*) FROM carillon.execution WHERE finished_at >= $1 AND finished_at < $2 AND job_id LIKE 'job-%'";

    private const string AttemptsOfCarillon =
        """
        SELECT ARRAY[count(*), count(*) FILTER (WHERE final AND outcome = 1)] FROM carillon.execution
        WHERE scheduled_at >= $1 AND scheduled_at < $2 AND job_id LIKE 'job-%'
        """;

    private const string OfQuartz =
        "SELECT count(*) FROM qrtz_execution_history WHERE fired_time >= $1 AND fired_time < $2 AND job_group = 'job'";

    private const string OfSqlite =
        "SELECT count(*) FROM execution WHERE finished_at >= $from AND finished_at < $to AND job_id LIKE 'job-%'";

    /// <summary>The executions that ended in the window; null where the store keeps none.</summary>
    public static async Task<long?> CountAsync(WorkerSpec spec, DateTimeOffset from, DateTimeOffset to)
    {
        return spec switch
        {
            { DataDirectory: { } directory } => await CountInSqliteAsync(directory, from, to),
            { Kind: WorkloadKind.Quartz, KeepsHistory: false } => null,
            { Kind: WorkloadKind.Quartz } => await CountInPostgresAsync(spec, OfQuartz, from.UtcTicks, to.UtcTicks),
            _ => await CountInPostgresAsync(spec, OfCarillon, from, to),
        };
    }

    /// <summary>The attempts at occurrences due in [from, to), and how many occurrences succeeded. One pass over all rows, which may be many.</summary>
    public static async Task<(long Attempts, long Succeeded)> CountAttemptsAsync(WorkerSpec spec, DateTimeOffset from, DateTimeOffset to)
    {
        var counts = await ReadAsync<long[]>(
            spec, AttemptsOfCarillon, new NpgsqlParameter<DateTimeOffset> { TypedValue = from }, new NpgsqlParameter<DateTimeOffset> { TypedValue = to });
        return (counts[0], counts[1]);
    }

    /// <summary>When the last execution ended, as the product recorded it; null for its peer, whose listener tells it.</summary>
    public static async Task<DateTimeOffset?> LastEndAsync(WorkerSpec spec)
    {
        return spec.Kind == WorkloadKind.Carillon
            ? new DateTimeOffset(await ReadAsync<DateTime>(spec, "SELECT max(finished_at) FROM carillon.execution"))
            : null;
    }

    private static Task<long> CountInPostgresAsync<T>(WorkerSpec spec, string sql, T from, T to)
    {
        return ReadAsync<long>(spec, sql, new NpgsqlParameter<T> { TypedValue = from }, new NpgsqlParameter<T> { TypedValue = to });
    }

    private static async Task<T> ReadAsync<T>(WorkerSpec spec, string sql, params NpgsqlParameter[] parameters)
    {
        await using var connection = new NpgsqlConnection(spec.ConnectionString + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> CountInSqliteAsync(string directory, DateTimeOffset from, DateTimeOffset to)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "carillon.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = OfSqlite;
        command.Parameters.AddWithValue("$from", Instant.ToMicroseconds(from));
        command.Parameters.AddWithValue("$to", Instant.ToMicroseconds(to));
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
