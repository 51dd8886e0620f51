using Carillon.Benchmarks.Workers;
using Npgsql;

namespace Carillon.Benchmarks.Measuring;

/// <summary>What PostgreSQL has counted; zeros for SQLite, which counts nothing.</summary>
/// <param name="WalBytes">Bytes of write-ahead log, of the whole server.</param>
/// <param name="Commits">Committed transactions of the database.</param>
/// <param name="RowWrites">Rows inserted, updated or deleted in the database.</param>
internal sealed record DatabaseCounts(double WalBytes, double Commits, double RowWrites)
{
    public static async Task<DatabaseCounts> ReadAsync(WorkerSpec spec)
    {
        if (spec.ConnectionString is null)
        {
            return new DatabaseCounts(0, 0, 0);
        }

        await using var connection = new NpgsqlConnection(spec.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT (pg_current_wal_insert_lsn() - '0/0')::float8, d.xact_commit::float8,
              (SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables)::float8
            FROM pg_stat_database d WHERE d.datname = current_database()
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new DatabaseCounts(reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2));
    }
}
