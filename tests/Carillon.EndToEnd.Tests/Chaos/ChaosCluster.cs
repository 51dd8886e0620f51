namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>Nodes on one database, of which some are up.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(60);

    private readonly List<ChaosNode> _nodes = [];
    private readonly string _hocon;

    private ChaosCluster(ChaosDatabase database, string hocon)
    {
        Database = database;
        _hocon = hocon;
    }

    public ChaosDatabase Database { get; }

    public IReadOnlyList<ChaosNode> Nodes => _nodes;

    public IReadOnlyList<ChaosNode> Up => [.. _nodes.Where(static node => node.IsUp)];

    /// <summary>The address of any node that is up, another one each time.</summary>
    public Func<Uri> AnyOf(Random random)
    {
        return () => Up is { Count: > 0 } up ? up[random.Next(up.Count)].Home.Address : _nodes[0].Home.Address;
    }

    /// <summary>Starts nodes at the same time and waits until all are ready.</summary>
    public static async Task<ChaosCluster> StartAsync(ChaosDatabase database, int nodes, string hocon)
    {
        var cluster = new ChaosCluster(database, hocon);
        try
        {
            await cluster.GrowToAsync(nodes);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts nodes, those that were there before first, until so many are up and ready.</summary>
    public Task GrowToAsync(int count)
    {
        while (_nodes.Count < count)
        {
            _nodes.Add(new ChaosNode(Database, _hocon));
        }

        foreach (var node in _nodes.Where(static node => !node.IsUp).Take(count - Up.Count).ToArray())
        {
            node.Start();
        }

        return AreReadyAsync();
    }

    /// <summary>Lets nodes leave at the same time; each must do so in order.</summary>
    public static async Task LeaveAsync(IEnumerable<ChaosNode> nodes)
    {
        await Task.WhenAll(nodes.Select(static async node =>
        {
            var (exitCode, tail) = await node.LeaveAsync(LeaveLimit);
            Assert.True(exitCode == 0, $"{node.Home.Name} left with exit code {exitCode}\n{tail}");
        }));
    }

    /// <summary>Waits until all that are up are ready.</summary>
    public Task AreReadyAsync()
    {
        return Task.WhenAll(Up.Select(static node => node.Process.ReadyAsync().WithinAsync($"{node.Home.Name} is ready", StartLimit)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }
}
