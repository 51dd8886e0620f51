using System.Globalization;
using Carillon.Testing;

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

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
