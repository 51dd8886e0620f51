using System.Globalization;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>A node that is reached by the others, and reaches its database, over ways that can be cut.</summary>
internal sealed class ChaosNode : IAsyncDisposable
{
    private NodeProcess? _process;

    public ChaosNode(ChaosDatabase database, string hocon)
    {
        Peers = TcpRelay.Start();
        (var store, Database) = database.Connect();
        var advertise = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Peers.Port}");
        Home = NodeHome.Make(store, $"carillon.node.advertise = \"{advertise}\"\n{hocon}");
        Peers.LeadTo(Home.Port);
    }

    public NodeHome Home { get; }

    /// <summary>The way of the other nodes to this one.</summary>
    public TcpRelay Peers { get; }

    /// <summary>The ways of this node to the servers of its database.</summary>
    public IReadOnlyList<TcpRelay> Database { get; }

    public bool IsUp => _process is not null;

    public NodeProcess Process => _process ?? throw new InvalidOperationException($"{Home.Name} is not up");

    /// <summary>What its processes have written, one life after the other.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Starts it, and does not wait until it is ready.</summary>
    public void Start()
    {
        _process = NodeProcess.Launch(Home);
    }

    public async Task KillAsync()
    {
        await Process.KillAsync();
        await EndAsync();
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code, and what it wrote last.</returns>
    public async Task<(int ExitCode, string Tail)> LeaveAsync(TimeSpan limit)
    {
        var exitCode = await Process.TerminateAsync(limit);
        var tail = Process.Process.Tail;
        await EndAsync();
        return (exitCode, tail);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUp)
        {
            await KillAsync();
        }

        Home.Dispose();
        await Peers.DisposeAsync();
    }

    private async Task EndAsync()
    {
        Log.AddRange(Process.Process.Output.Lines);
        Log.AddRange(Process.Process.Errors.Lines);
        await Process.DisposeAsync();
        _process = null;
    }
}
