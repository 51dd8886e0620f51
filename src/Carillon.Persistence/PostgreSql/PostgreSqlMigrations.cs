using Npgsql;

namespace Carillon.Persistence;

/// <summary>Brings the schema to the newest version, one node at a time.</summary>
internal sealed class PostgreSqlMigrations(PostgreSqlConnections connections, StatementWatch watch)
{
    private static readonly IReadOnlyList<Migration> Steps = Migration.Of("PostgreSql");

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.Maintenance.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            $"SELECT pg_advisory_xact_lock(hashtextextended('carillon.migrate.{connections.Schema}', 0))",
            cancellationToken);
        await ExecuteAsync(
            connection,
            $"""
            CREATE SCHEMA IF NOT EXISTS {connections.Schema};
            CREATE TABLE IF NOT EXISTS schema_version (
              version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())
            """,
            cancellationToken);
        foreach (var step in Migration.After(Steps, await ReadVersionAsync(connection, cancellationToken)))
        {
            await ExecuteAsync(connection, step.Sql, cancellationToken);
            await using var record = new NpgsqlCommand("INSERT INTO schema_version (version) VALUES ($1)", connection);
            record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = step.Version });
            await record.ExecuteNonQueryAsync(cancellationToken);
            StoreLog.Migrated(watch.Log, step.Version);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.Maintenance.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection);
        var version = await exists.ExecuteScalarAsync(cancellationToken) is true
            ? await ReadVersionAsync(connection, cancellationToken)
            : 0;
        Migration.Check(Steps, version);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
