using System.Globalization;
using Carillon.Testing;
using Npgsql;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>The PostgreSQL server that all tests of this project share; each test gets a database of its own.</summary>
public sealed class StoreServers : IAsyncLifetime
{
    private PostgresServer? _server;
    private int _databases;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public Task<string> CreateDatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        return _server!.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"test_{number}"));
    }

    /// <summary>Makes a user without rights, and one whose password the server asks for.</summary>
    public async Task CreateUsersAsync(string unprivileged, string guarded)
    {
        var connection = new NpgsqlConnection(_server!.ConnectionStringFor("postgres"));
        await using (connection)
        {
            await connection.OpenAsync();
            await ExecuteAsync(connection, $"CREATE ROLE {unprivileged} LOGIN");
            await ExecuteAsync(connection, $"CREATE ROLE {guarded} LOGIN PASSWORD 'right'");
            var rules = (string)(await ExecuteAsync(connection, "SHOW hba_file"))!;
            await File.WriteAllTextAsync(rules, $"host all {guarded} 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(rules)}");
            await ExecuteAsync(connection, "SELECT pg_reload_conf()");
            await Eventually.IsAsync("the server asks for passwords", TimeSpan.FromSeconds(10), () => IsRefusedAsync(guarded));
        }
    }

    private async Task<bool> IsRefusedAsync(string user)
    {
        var target = new NpgsqlConnectionStringBuilder(_server!.ConnectionStringFor("postgres")) { Username = user, Password = "a guess", Pooling = false };
        var connection = new NpgsqlConnection(target.ConnectionString);
        await using (connection)
        {
            try
            {
                await connection.OpenAsync();
                return false;
            }
            catch (PostgresException refusal) when (string.Equals(refusal.SqlState, PostgresErrorCodes.InvalidPassword, StringComparison.Ordinal))
            {
                return true;
            }
        }
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command)
        {
            return await command.ExecuteScalarAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
