using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>Brings the schema to the newest version.</summary>
internal sealed class SqliteMigrations(SqliteDatabase database, SqliteWriter writer, StatementWatch watch)
{
    private static readonly IReadOnlyList<Migration> Steps = Migration.Of("Sqlite");

    public Task<int> MigrateAsync()
    {
        database.Hold();
        return writer.RunAsync("migrate", session => Explained(session, Migrate));
    }

    public Task<int> CheckAsync()
    {
        database.Hold();
        return writer.RunAsync("check_schema", session => Explained(session, Check));
    }

    private T Explained<T>(SqliteSession session, Func<SqliteSession, T> run)
    {
        try
        {
            return run(session);
        }
        catch (SqliteException e)
        {
            throw database.Explained(e);
        }
    }

    private static int Check(SqliteSession session)
    {
        var schema = session.Query("SELECT 1 FROM sqlite_schema WHERE name = 'schema_version'", _ => 1).Count == 0
            ? default
            : ReadVersion(session);
        Migration.Check(Steps, schema);
        return schema.Version;
    }

    private int Migrate(SqliteSession session)
    {
        session.Execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, works_with INTEGER NOT NULL, applied_at TEXT NOT NULL) STRICT");
        foreach (var step in Migration.After(Steps, ReadVersion(session)))
        {
            using var transaction = session.Connection.BeginTransaction();
            session.Execute(step.Sql);
            session.Execute(
                "INSERT INTO schema_version (version, works_with, applied_at) VALUES (?1, ?2, datetime('now'))", step.Version, step.WorksWith);
            transaction.Commit();
            StoreLog.Migrated(watch.Log, step.Version);
        }

        return Steps[^1].Version;
    }

    private static SchemaVersion ReadVersion(SqliteSession session)
    {
        return session.Query(
            "SELECT coalesce(max(version), 0), coalesce(max(works_with), 0) FROM schema_version",
            row => new SchemaVersion(row.GetInt32(0), row.GetInt32(1)))[0];
    }
}
