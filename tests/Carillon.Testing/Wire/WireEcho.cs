using Carillon.Actors;
using Carillon.Cluster;

namespace Carillon.Testing;

/// <summary>Two nodes, one of which sends everything back: what comes home has been written and read twice.</summary>
public sealed class WireEcho
{
    private const string Name = "echo";
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly VirtualTimeProvider _time;
    private readonly SimulatedNetwork _network;
    private readonly SceneLog _log;
    private readonly IReadOnlyList<WireList> _messages;
    private readonly ActorSystem _system;
    private readonly IActorRef<object> _there;
    private readonly List<object> _heard = [];
    private int _listeners;

    /// <summary>Makes the two nodes.</summary>
    /// <param name="messages">What may travel.</param>
    public WireEcho(params IReadOnlyList<WireList> messages)
    {
        _messages = messages;
        _time = new VirtualTimeProvider(Noon, _dispatcher);
        _network = new SimulatedNetwork(_time);
        _log = new SceneLog(_time);
        var here = Row(1);
        var there = Row(2);
        var (system, actors) = Start(here, there);
        var (_, others) = Start(there, here);
        _system = system;
        Types = [.. messages.SelectMany(static list => list.Types).Distinct()];
        actors.Publish(Name, system.Spawn(Name, () => new Listener(_heard.Add)), Types);
        var home = others.Find(here.Incarnation, Name);
        others.Publish(Name, system.Spawn("there", () => new Listener(message => home.Tell(message))), Types);
        _there = actors.Find(there.Incarnation, Name);
    }

    /// <summary>Every message that may travel.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>What becomes of a frame on its way.</summary>
    public Func<byte[], byte[]> Alter
    {
        set => _network.Alter = value;
    }

    /// <summary>What was logged as an error: an actor has failed.</summary>
    public IReadOnlyList<string> Errors => _log.Errors;

    /// <summary>Whether a lane was ended for good.</summary>
    public bool HasEnded => _log.Lines.Any(static line => line.Contains("has ended", StringComparison.Ordinal));

    /// <summary>Sends a message, whatever becomes of it, and lets some time pass.</summary>
    public void Tell(object message)
    {
        _there.Tell(message);
        _time.Advance(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        _time.Advance(time);
    }

    /// <summary>Sends a message there and back.</summary>
    public object Send(object message)
    {
        _heard.Clear();
        var isTold = _there.Tell(message);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        return isTold && _heard.Count == 1 ? _heard[0]
            : throw new InvalidOperationException($"{message} did not come back: {string.Join(Environment.NewLine, _log.Lines)}");
    }

    /// <summary>An actor of the first node, to be sent about.</summary>
    public object Actor(Type takes)
    {
        var method = typeof(WireEcho).GetMethod(nameof(Listen), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
        return method.MakeGenericMethod(takes).Invoke(this, [])!;
    }

    private IActorRef<T> Listen<T>()
        where T : class
    {
        return _system.Spawn<T>($"listener-{++_listeners}", static () => new Deaf<T>());
    }

    private (ActorSystem System, RemoteActors Actors) Start(NodeRow me, NodeRow other)
    {
        var system = new ActorSystem(me.Name, new ActorSystemOptions
        {
            Time = _time,
            Dispatcher = _dispatcher,
            Random = new Random(1),
            LoggerFactory = _log,
            CheckMessages = true,
        });
        var directory = new NodeDirectory();
        directory.Replace([me, other]);
        var port = _network.PortOf(me.Incarnation);
        var options = new RemotingOptions { Incarnation = me.Incarnation, Name = me.Name, Cluster = "test" };
        var actors = new RemoteActors(options, system, directory, port, _messages, _log);
        port.Listen(actors);
        return (system, actors);
    }

    private static NodeRow Row(int number)
    {
        return new NodeRow { Incarnation = new Guid(number, 0, 0, new byte[8]), Name = $"n{number}", Advertise = $"http://n{number}", Version = "1" };
    }

    private sealed class Listener(Action<object> hear) : Actor<object>
    {
        protected override void Receive(object message)
        {
            hear(message);
        }
    }

    private sealed class Deaf<T> : Actor<T>
        where T : class
    {
        protected override void Receive(T message)
        {
        }
    }
}
