using System.Globalization;
using Carillon.Testing;

namespace Carillon.Conformance.Tests;

/// <summary>One PostgreSQL server for all tests of the assembly.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;
    private int _schemas;

    public PostgresServer Server => _server ?? throw new InvalidOperationException("the server is not started yet");

    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartAsync();
        ConnectionString = await _server.CreateDatabaseAsync("conformance");
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
    }

    public string NextSchema()
    {
        return string.Create(CultureInfo.InvariantCulture, $"test_{++_schemas}");
    }
}
