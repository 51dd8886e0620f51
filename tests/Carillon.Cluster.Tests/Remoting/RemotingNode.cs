using Carillon.Actors;
using Carillon.Testing;

namespace Carillon.Cluster.Tests.Remoting;

/// <summary>One node of a <see cref="RemotingScene"/>, with an actor that notes what it is told and answers questions.</summary>
internal sealed class RemotingNode
{
    public const string Inbox = "inbox";

    private readonly RemotingScene _scene;
    private readonly List<object> _heard = [];
    private readonly List<Guid> _lost = [];
    private Task? _stopped;

    public RemotingNode(RemotingScene scene, RemotingOptions options, int seed)
    {
        _scene = scene;
        Id = options.Incarnation;
        Name = options.Name;
        System = new ActorSystem(Name, new ActorSystemOptions
        {
            Time = scene.Time,
            Dispatcher = scene.Dispatcher,
            Random = new Random(seed),
            LoggerFactory = scene.Log,
            CheckMessages = true,
        });
        Port = scene.Network.PortOf(Id);
        Actors = new RemoteActors(options with { LaneLost = _lost.Add }, System, Directory, Port, [RemotingScene.Messages], scene.Log);
        Port.Listen(Actors);
        Local = Spawn<object>("inbox", _heard);
        Actors.Publish(Inbox, Local, [typeof(Told), typeof(Heap), typeof(Question), typeof(Subscribe)]);
    }

    public Guid Id { get; }

    public string Name { get; }

    public ActorSystem System { get; }

    public NodeDirectory Directory { get; } = new();

    public SimulatedPort Port { get; }

    public RemoteActors Actors { get; }

    public IActorRef<object> Local { get; }

    /// <summary>What the inbox was told, in order.</summary>
    public IReadOnlyList<object> Heard => _heard;

    /// <summary>The numbers of what the inbox was told, in order.</summary>
    public IEnumerable<int> Numbers => _heard.OfType<Told>().Select(static t => t.Number);

    /// <summary>The nodes of which it was told that a connection broke.</summary>
    public IReadOnlyList<Guid> Lost => _lost;

    public long DeadLetters(DeadLetterReason reason)
    {
        return System.DeadLetters.Count(reason);
    }

    /// <summary>The inbox of another node.</summary>
    public IActorRef<object> InboxOf(RemotingNode other)
    {
        return Actors.Find(other.Id, Inbox);
    }

    public IActorRef<T> Spawn<T>(string name, List<T> heard)
        where T : class
    {
        return System.Spawn(name, () => new Listener<T>(heard));
    }

    /// <summary>Whether its actors have stopped.</summary>
    public bool IsStopped => _stopped is { IsCompleted: true };

    /// <summary>The process is gone.</summary>
    public void Kill()
    {
        _scene.Network.Kill(Id);
        _stopped = System.DisposeAsync().AsTask();
        _scene.Dispatcher.RunUntilIdle();
    }

    private sealed class Listener<T>(List<T> heard) : Actor<T>
        where T : class
    {
        protected override void Receive(T message)
        {
            heard.Add(message);
            if (message is Question question)
            {
                question.ReplyTo.Tell(new Answer(question.Text + "!"));
            }
        }
    }
}
