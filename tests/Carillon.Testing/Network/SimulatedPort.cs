using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>One node's way into a <see cref="SimulatedNetwork"/>.</summary>
public sealed class SimulatedPort : ILaneNetwork
{
    private static readonly TimeSpan Retransmission = TimeSpan.FromMilliseconds(100);

    private readonly SimulatedNetwork _network;
    private readonly Guid _me;
    private RemoteActors? _actors;
    private bool _isDead;

    internal SimulatedPort(SimulatedNetwork network, Guid me)
    {
        _network = network;
        _me = me;
    }

    /// <summary>How often a connection was asked for.</summary>
    public int Attempts { get; private set; }

    /// <summary>How many connections were made through it.</summary>
    public int Connections { get; private set; }

    /// <summary>Lets others connect.</summary>
    public void Listen(RemoteActors actors)
    {
        _actors = actors;
    }

    /// <inheritdoc/>
    public async Task<ILaneConnection> ConnectAsync(NodeRow node, LaneHello hello, CancellationToken cancellationToken)
    {
        Attempts++;

        // There and back, like the handshake of TCP; what is lost in a cut is tried again.
        var (there, back) = (_network.Way(_me, node.Incarnation), _network.Way(node.Incarnation, _me));
        await Task.Delay(there.Latency + back.Latency, _network.Time, cancellationToken);
        while (there.IsCut || back.IsCut)
        {
            await Task.Delay(Retransmission, _network.Time, cancellationToken);
        }

        var port = _network.PortOf(node.Incarnation);
        if (_isDead || port._isDead || port._actors is not { } actors)
        {
            throw new IOException("connection refused");
        }

        Connections++;
        var connection = _network.Join(_me, node.Incarnation);
        _ = actors.AcceptAsync(hello, connection.There);
        return connection.Here;
    }

    internal void Kill()
    {
        _isDead = true;
    }
}
