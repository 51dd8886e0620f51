using System.Globalization;
using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;
using Carillon.Testing;
using Npgsql;

namespace Carillon.Benchmarks.Measuring;

/// <summary>
/// Where runs find their empty stores: databases of a private PostgreSQL server, durable and with a larger cache and
/// longer checkpoints than its defaults, or directories for SQLite.
/// </summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private readonly PostgresServer? _server;
    private int _databases;

    private Sandbox(PostgresServer? server)
    {
        _server = server;
    }

    /// <summary>The process of the server; null for SQLite.</summary>
    public int? ServerProcess => _server?.ProcessId;

    /// <summary>A sandbox of SQLite directories.</summary>
    public static Sandbox ForSqlite()
    {
        return new Sandbox(null);
    }

    /// <summary>A sandbox on a server of its own.</summary>
    public static async Task<Sandbox> ForPostgresAsync()
    {
        return new Sandbox(await PostgresServer.StartAsync("shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=15min"));
    }

    /// <summary>Gives a run a store of its own, and removes it, so that the next run does not pay for its rows.</summary>
    public async Task<T> WithStoreAsync<T>(WorkerSpec template, Func<WorkerSpec, Task<T>> measure)
    {
        var spec = await FillInAsync(template);
        try
        {
            return await measure(spec);
        }
        finally
        {
            await RemoveAsync(spec);
        }
    }

    /// <summary>The same, with the workers that the specification asks for.</summary>
    public Task<Run> WithWorkersAsync(WorkerSpec template, Func<WorkerSpec, WorkerGroup, Task<Run>> measure)
    {
        return WithStoreAsync(template, async spec =>
        {
            await using var workers = await WorkerGroup.StartAsync(spec);
            await SettleAsync(spec);
            return await measure(spec, workers);
        });
    }

    /// <summary>Brings a loaded store to rest.</summary>
    public static async Task SettleAsync(WorkerSpec spec)
    {
        if (spec.ConnectionString is { } database)
        {
            await ExecuteAsync(database, "VACUUM ANALYZE");
            await ExecuteAsync(database, "CHECKPOINT");
        }
    }

    public ValueTask DisposeAsync()
    {
        return _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private async Task<WorkerSpec> FillInAsync(WorkerSpec spec)
    {
        return _server is null
            ? spec with { DataDirectory = Directory.CreateTempSubdirectory("carillon-benchmark-").FullName }
            : spec with { ConnectionString = await _server.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"run{++_databases}")) };
    }

    private async Task RemoveAsync(WorkerSpec spec)
    {
        if (spec.DataDirectory is { } directory)
        {
            Directory.Delete(directory, recursive: true);
        }
        else
        {
            var database = new NpgsqlConnectionStringBuilder(spec.ConnectionString).Database;
            await ExecuteAsync(_server!.ConnectionStringFor("postgres"), $"DROP DATABASE {database} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
