using Npgsql;

namespace Carillon.Persistence;

/// <summary>Brings the schema to the newest version, one node at a time.</summary>
internal sealed class PostgreSqlMigrations(PostgreSqlConnections connections, IReadOnlyList<Migration> steps, StatementWatch watch)
{
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
              version integer PRIMARY KEY, works_with integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())
            """,
            cancellationToken);
        var schema = await ReadVersionAsync(connection, cancellationToken);
        var missing = Migration.After(steps, schema);
        if (schema.Version > 0 && missing.Any(step => step.WorksWith > schema.Version))
        {
            await RefuseOverLivingAsync(connection, schema, cancellationToken);
        }

        foreach (var step in missing)
        {
            await ExecuteAsync(connection, step.Sql, cancellationToken);
            await using var record = new NpgsqlCommand("INSERT INTO schema_version (version, works_with) VALUES ($1, $2)", connection);
            record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = step.Version });
            record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = step.WorksWith });
            await record.ExecuteNonQueryAsync(cancellationToken);
            StoreLog.Migrated(watch.Log, step.Version);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.Maintenance.OpenConnectionAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection);
        var schema = await exists.ExecuteScalarAsync(cancellationToken) is true
            ? await ReadVersionAsync(connection, cancellationToken)
            : default;
        Migration.Check(steps, schema);
    }

    /// <summary>Nodes of an earlier build would go on with a schema that they do not work with.</summary>
    private async Task RefuseOverLivingAsync(NpgsqlConnection connection, SchemaVersion schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT name FROM node WHERE status <> 'dead' AND lease_until > clock_timestamp() ORDER BY name", connection);
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        if (names.Count > 0)
        {
            throw new SchemaVersionException(
                $"the store's schema is version {schema.Version}, and version {steps[^1].Version} does not work with the build of nodes that are up "
                + $"({string.Join(", ", names)}): let them leave first");
        }
    }

    private static async Task<SchemaVersion> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0), coalesce(max(works_with), 0) FROM schema_version", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new SchemaVersion(reader.GetInt32(0), reader.GetInt32(1));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
