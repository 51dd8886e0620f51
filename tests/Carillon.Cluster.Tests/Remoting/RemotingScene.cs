using Carillon.Actors;
using Carillon.Testing;

namespace Carillon.Cluster.Tests.Remoting;

/// <summary>Nodes with an actor system each, on one simulated network and one virtual clock.</summary>
internal sealed class RemotingScene
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly WireList Messages = new()
    {
        Types = [typeof(Told), typeof(Heap), typeof(Question), typeof(Answer), typeof(Subscribe), .. ClusterMessages.Wire.Types],
        Bulk = [typeof(Heap)],
    };

    private readonly Random _random;
    private readonly Dictionary<Guid, NodeRow> _rows = [];
    private readonly List<RemotingNode> _nodes = [];

    public RemotingScene(int seed = 1)
    {
        _random = new Random(seed);
        Dispatcher = new DeterministicDispatcher(_random.Next());
        Time = new VirtualTimeProvider(Noon, Dispatcher);
        Network = new SimulatedNetwork(Time);
        Log = new SceneLog(Time);
    }

    public DeterministicDispatcher Dispatcher { get; }

    public VirtualTimeProvider Time { get; }

    public SimulatedNetwork Network { get; }

    public SceneLog Log { get; }

    public RemotingNode Start(string name, Func<RemotingOptions, RemotingOptions>? configure = null, bool joins = true)
    {
        var id = new byte[16];
        _random.NextBytes(id);
        var options = new RemotingOptions { Incarnation = new Guid(id), Name = name, Cluster = "test" };
        var node = new RemotingNode(this, configure?.Invoke(options) ?? options, _random.Next());
        _nodes.Add(node);
        if (joins)
        {
            Join(node);
        }

        Dispatcher.RunUntilIdle();
        return node;
    }

    /// <summary>All nodes read in the directory that a node is there.</summary>
    public void Join(RemotingNode node)
    {
        _rows[node.Id] = new NodeRow { Incarnation = node.Id, Name = node.Name, Advertise = $"http://{node.Name}", Version = "1" };
        Publish();
    }

    /// <summary>All nodes read that it is dead.</summary>
    public void Bury(RemotingNode node)
    {
        _rows[node.Id] = _rows[node.Id] with { Status = NodeStatus.Dead };
        Publish();
    }

    /// <summary>All nodes read that it is gone.</summary>
    public void Erase(RemotingNode node)
    {
        _rows.Remove(node.Id);
        Publish();
    }

    public void Pass(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
    }

    private void Publish()
    {
        foreach (var node in _nodes)
        {
            node.Directory.Replace(_rows.Values);
        }
    }
}
