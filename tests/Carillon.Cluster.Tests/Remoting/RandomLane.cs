namespace Carillon.Cluster.Tests.Remoting;

/// <summary>Two or three nodes that tell each other while the network between them does what chance says.</summary>
internal sealed class RandomLane
{
    private const int Steps = 60;

    private readonly RemotingScene _scene;
    private readonly Random _random;
    private readonly List<RemotingNode> _nodes = [];
    private readonly Dictionary<(Guid From, Guid To), List<int>> _accepted = [];
    private readonly HashSet<Guid> _dead = [];
    private int _next;

    private RandomLane(RemotingScene scene, int seed)
    {
        _scene = scene;
        _random = new Random(seed);
    }

    /// <summary>Runs one life, and checks what arrived.</summary>
    /// <returns>How many established connections broke.</returns>
    public static long Run(RemotingScene scene, int seed)
    {
        var lane = new RandomLane(scene, seed);
        lane.Live();
        lane.Check($"seed {seed}");
        return lane._nodes.Sum(static n => n.Lost.Count);
    }

    private void Live()
    {
        for (var i = _random.Next(2, 4); i > 0; i--)
        {
            Start();
        }

        for (var step = 0; step < Steps; step++)
        {
            Step();
            _scene.Pass(_random.NextDouble() * _random.Next(1, 200) / 100);
        }

        _scene.Network.HealAll();
        _scene.Pass(600); // some lines are slow
    }

    private void Step()
    {
        var (one, other) = (Any(), Any());
        switch (_random.Next(12))
        {
            case 0:
                _scene.Network.Cut(one.Id, other.Id, bothWays: _random.Next(2) == 0);
                break;
            case 1 or 2:
                _scene.Network.HealAll();
                break;
            case 3 or 4:
                _scene.Network.Drop(one.Id, other.Id);
                break;
            case 5:
                _scene.Network.Delay(one.Id, other.Id, TimeSpan.FromMilliseconds(_random.Next(100)), _random.Next(10_000, 1_000_000));
                break;
            case 6 when _random.Next(4) == 0:
                one.Kill();
                _dead.Add(one.Id);
                _scene.Bury(one);
                Start();
                break;
            default:
                TellSome(one, other);
                break;
        }
    }

    private void TellSome(RemotingNode from, RemotingNode to)
    {
        if (from == to)
        {
            return;
        }

        var told = _accepted.TryGetValue((from.Id, to.Id), out var known) ? known : _accepted[(from.Id, to.Id)] = [];
        for (var left = _random.Next(1, 200); left > 0; left--)
        {
            if (from.InboxOf(to).Tell(new Told(_next, new string('x', _random.Next(1, 2_000)))))
            {
                told.Add(_next);
            }

            _next++;
        }
    }

    private void Start()
    {
        // A small lane, so that it is full at times.
        _nodes.Add(_scene.Start($"n{_nodes.Count}", static options => options with { LaneMessages = 500 }));
    }

    private RemotingNode Any()
    {
        var living = _nodes.FindAll(node => !_dead.Contains(node.Id));
        return living[_random.Next(living.Count)];
    }

    private void Check(string seed)
    {
        var senderOf = _accepted.SelectMany(static pair => pair.Value.Select(number => (number, pair.Key))).ToDictionary(static p => p.number, static p => p.Key);
        foreach (var node in _nodes)
        {
            foreach (var stream in node.Numbers.GroupBy(number => senderOf[number]))
            {
                var told = _accepted[stream.Key];
                Assert.True(stream.Key.To == node.Id, $"{seed}: {stream.First()} reached somebody else");
                var came = stream.ToList();
                var isWhole = _dead.Contains(stream.Key.From) || _dead.Contains(node.Id) ? told.Take(came.Count).SequenceEqual(came) : told.SequenceEqual(came);
                Assert.True(isWhole, $"{seed}: {stream.Key} was told {told.Count} and heard {came.Count}, or in another order");
            }
        }

        foreach (var ((from, to), told) in _accepted.Where(pair => !_dead.Contains(pair.Key.From) && !_dead.Contains(pair.Key.To) && pair.Value.Count > 0))
        {
            Assert.True(_nodes.Single(n => n.Id == to).Numbers.Contains(told[0]), $"{seed}: nothing from {from} reached {to}");
        }

        Assert.True(_scene.Log.Errors.Count == 0, $"{seed}: {string.Join(Environment.NewLine, _scene.Log.Errors)}");
    }
}
