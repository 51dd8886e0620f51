using Carillon.Persistence;
using Npgsql;

namespace Carillon.Conformance.Tests;

/// <summary>A schema of its own in the shared server.</summary>
public sealed class PostgreSqlHarness(PostgresFixture server) : StoreHarness
{
    private bool _made;

    public string Schema { get; } = server.NextSchema();

    public string ConnectionString => server.ConnectionString;

    /// <summary>
    /// How long heartbeats and claims wait for a locked row. Longer than the default: tests must see them wait, also on
    /// a machine that has other things to do.
    /// </summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(4);

    public override async Task<StoreNode> OpenNodeAsync()
    {
        var incarnation = Guid.NewGuid();
        return StoreNode.Of(incarnation, await OpenStoreAsync(incarnation));
    }

    public async Task<PostgreSqlStore> OpenStoreAsync(Guid incarnation)
    {
        var store = CreateStore(incarnation);
        OnRemove(async () => await store.DisposeAsync());
        await store.MigrateAsync(CancellationToken.None);
        if (!_made)
        {
            _made = true;
            await store.PrepareAsync(TestTimes.Noon, CancellationToken.None);
        }

        return store;
    }

    /// <param name="incarnation">The node.</param>
    /// <param name="connectionString">Another way to the server. Default: straight.</param>
    public PostgreSqlStore CreateStore(Guid incarnation, string? connectionString = null)
    {
        return CreateStore(incarnation, static options => options, connectionString);
    }

    /// <summary>The store of another build.</summary>
    internal PostgreSqlStore CreateStoreOfNextBuild(Guid incarnation, string nextStep)
    {
        return CreateStore(incarnation, options => options with { Migrations = [.. options.Migrations, Migration.Read("0002_next.sql", nextStep)] });
    }

    private PostgreSqlStore CreateStore(
        Guid incarnation, Func<PostgreSqlStoreOptions, PostgreSqlStoreOptions> with, string? connectionString = null)
    {
        var options = new PostgreSqlStoreOptions
        {
            ConnectionString = connectionString ?? server.ConnectionString,
            Schema = Schema,
            Incarnation = incarnation,
            SlowQuery = SlowQuery,
            LockTimeout = LockTimeout,
        };
        return new PostgreSqlStore(with(options), TimeProvider.System, Loggers);
    }

    /// <summary>Opens a plain connection in the same schema, for what a store cannot do.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(string applicationName = "test")
    {
        var builder = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            SearchPath = Schema,
            ApplicationName = applicationName,
            Pooling = false,
        };
        var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        OnRemove(async () => await connection.DisposeAsync());
        return connection;
    }
}
