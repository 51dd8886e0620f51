using Carillon.Actors;

namespace Carillon.Testing;

/// <summary>
/// A network in memory on virtual time. Frames arrive whole and in order; a cut holds them back, as TCP does, until it
/// is healed or somebody gives the connection up. What a broken connection had not delivered is lost.
/// </summary>
public sealed class SimulatedNetwork
{
    private readonly Dictionary<Guid, SimulatedPort> _ports = [];
    private readonly Dictionary<(Guid From, Guid To), SimulatedWay> _ways = [];
    private readonly List<SimulatedConnection> _connections = [];

    /// <summary>Makes a network without a node.</summary>
    /// <param name="time">Virtual, with a dispatcher.</param>
    public SimulatedNetwork(VirtualTimeProvider time)
    {
        Time = time;
    }

    /// <summary>
    /// How long a frame travels unless <see cref="Delay"/> says otherwise, in whole milliseconds, as timers count. Default:
    /// 1 ms.
    /// </summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>What becomes of a frame on its way. Default: nothing.</summary>
    public Func<byte[], byte[]> Alter { get; set; } = static frame => frame;

    internal VirtualTimeProvider Time { get; }

    /// <summary>The network as one life of a node sees it. Others reach it when it listens.</summary>
    public SimulatedPort PortOf(Guid incarnation)
    {
        if (!_ports.TryGetValue(incarnation, out var port))
        {
            _ports.Add(incarnation, port = new SimulatedPort(this, incarnation));
        }

        return port;
    }

    /// <summary>Holds back whatever goes from one node to the other, and with <paramref name="bothWays"/> back.</summary>
    public void Cut(Guid from, Guid to, bool bothWays = true)
    {
        Way(from, to).IsCut = true;
        Way(to, from).IsCut |= bothWays;
    }

    /// <summary>Cuts a node off from all others, as if it were paused or its cable pulled.</summary>
    public void Isolate(Guid incarnation)
    {
        foreach (var other in _ports.Keys.Where(other => other != incarnation).ToArray())
        {
            Cut(incarnation, other);
        }
    }

    /// <summary>Ends every cut between two nodes.</summary>
    public void Heal(Guid from, Guid to)
    {
        Way(from, to).IsCut = false;
        Way(to, from).IsCut = false;
        foreach (var connection in Between(from, to))
        {
            connection.Flow();
        }
    }

    /// <summary>Ends every cut.</summary>
    public void HealAll()
    {
        foreach (var (from, to) in _ways.Keys.ToArray())
        {
            Heal(from, to);
        }
    }

    /// <summary>Sets how long frames travel from one node to the other, and how many bytes a second do.</summary>
    public void Delay(Guid from, Guid to, TimeSpan latency, double bytesPerSecond = double.PositiveInfinity)
    {
        Way(from, to).Latency = latency;
        Way(from, to).BytesPerSecond = bytesPerSecond;
    }

    /// <summary>Breaks the connections between two nodes; both ends hear of it at once.</summary>
    public void Drop(Guid one, Guid other)
    {
        foreach (var connection in Between(one, other))
        {
            connection.Break();
        }
    }

    /// <summary>The process of a node is gone: its connections break, and nobody listens any more.</summary>
    public void Kill(Guid incarnation)
    {
        PortOf(incarnation).Kill();
        foreach (var connection in _connections.Where(c => c.Joins(incarnation)).ToArray())
        {
            connection.Break();
        }
    }

    internal SimulatedWay Way(Guid from, Guid to)
    {
        if (!_ways.TryGetValue((from, to), out var way))
        {
            _ways.Add((from, to), way = new SimulatedWay(this));
        }

        return way;
    }

    internal SimulatedConnection Join(Guid from, Guid to)
    {
        var connection = new SimulatedConnection(this, from, to);
        _connections.Add(connection);
        return connection;
    }

    internal void Forget(SimulatedConnection connection)
    {
        _connections.Remove(connection);
    }

    private SimulatedConnection[] Between(Guid one, Guid other)
    {
        return [.. _connections.Where(c => c.Joins(one) && c.Joins(other))];
    }
}
