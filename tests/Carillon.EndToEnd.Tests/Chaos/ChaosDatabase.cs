using System.Globalization;
using Carillon.EndToEnd.Tests.Servers;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>
/// A PostgreSQL of its own that may crash, alone or with a synchronous standby that takes its place. Every node reaches it
/// over ways of its own, one to each server.
/// </summary>
internal sealed class ChaosDatabase : IAsyncDisposable
{
    private const string Name = "chaos";
    private readonly PostgresServer[] _servers;
    private readonly List<TcpRelay[]> _ways = [];
    private int _primary;

    private ChaosDatabase(PostgresServer[] servers)
    {
        _servers = servers;
    }

    /// <summary>The database itself, over no way that can be cut.</summary>
    public TestStore Store => TestStore.PostgreSql(Primary.ConnectionStringFor(Name));

    private PostgresServer Primary => _servers[_primary];

    public static async Task<ChaosDatabase> StartAsync(bool hasStandby)
    {
        var primary = await PostgresServer.StartAsync();
        try
        {
            await primary.CreateDatabaseAsync(Name);
            return new ChaosDatabase(hasStandby ? [primary, await primary.StartStandbyAsync()] : [primary]);
        }
        catch
        {
            await primary.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes ways to all servers, which the database keeps leading to them.</summary>
    public (TestStore Store, IReadOnlyList<TcpRelay> Ways) Connect()
    {
        TcpRelay[] ways = [.. _servers.Select(static server => TcpRelay.Start(server.Port))];
        _ways.Add(ways);
        var hosts = string.Join(',', ways.Select(static way => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{way.Port}")));
        var target = ways.Length > 1 ? ";Target Session Attributes=primary" : string.Empty;
        return (TestStore.PostgreSql($"Host={hosts};Username=postgres;Database={Name}{target}"), ways);
    }

    public Task StopAsync(bool crash)
    {
        return Primary.StopAsync(crash);
    }

    public Task StartAgainAsync()
    {
        return Primary.StartAgainAsync();
    }

    /// <summary>The primary crashes for good, its standby takes over, and gets a standby in turn.</summary>
    public async Task FailOverAsync()
    {
        var lost = _primary;
        await Primary.StopAsync(crash: true);
        _primary = 1 - lost;
        await Primary.PromoteAsync();
        await _servers[lost].DisposeAsync();
        _servers[lost] = await Primary.StartStandbyAsync();
        _ways.ForEach(ways => ways[lost].LeadTo(_servers[lost].Port));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var way in _ways.SelectMany(static ways => ways))
        {
            await way.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
