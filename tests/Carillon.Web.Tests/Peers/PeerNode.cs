using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Web.Tests.Peers;

/// <summary>An actor system behind a real web server on a real port.</summary>
internal sealed class PeerNode : IAsyncDisposable
{
    public const string Inbox = "inbox";
    private const string Prefix = "/ops/carillon";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly WireList Messages = new() { Types = [typeof(Note), typeof(Greet)] };

    private readonly ThreadDispatcher _dispatcher = new("test", 2);
    private readonly DedicatedTimeProvider _time = new();
    private readonly PeerNetwork _network;
    private readonly PeerOptions _options;
    private readonly X509Certificate2? _certificate;
    private readonly ActorSystem _system;
    private readonly Lock _gate = new();
    private readonly List<Note> _heard = [];
    private readonly List<(Func<IReadOnlyList<Note>, bool> Until, TaskCompletionSource Done)> _waiting = [];
    private WebApplication? _app;

    private PeerNode(string name, PeerOptions options, X509Certificate2? certificate)
    {
        _options = options;
        _certificate = certificate;
        _network = new PeerNetwork(options, RandomNumberGenerator.GetBytes);
        Port = LoopbackPort.Free();
        Row = new NodeRow
        {
            Incarnation = new Guid(RandomNumberGenerator.GetBytes(16)),
            Name = name,
            Advertise = $"{(certificate is null ? "http" : "https")}://localhost:{Port}{Prefix}/",
            Version = "1",
        };
        _system = new ActorSystem(name, new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
        var remoting = new RemotingOptions { Incarnation = Row.Incarnation, Name = name, Cluster = "test" };
        Actors = new RemoteActors(remoting, _system, Directory, _network, [Messages], NullLoggerFactory.Instance);
        Actors.Publish(Inbox, _system.Spawn<object>(Inbox, () => new Listener(this)), Messages.Types);
    }

    public int Port { get; }

    public NodeRow Row { get; }

    public NodeDirectory Directory { get; } = new();

    public RemoteActors Actors { get; }

    public static async Task<PeerNode> StartAsync(
        string name, PeerOptions? options = null, X509Certificate2? certificate = null, bool isGuarded = false)
    {
        var node = new PeerNode(name, options ?? new PeerOptions(), certificate);
        await node.ListenAsync(isGuarded);
        return node;
    }

    /// <summary>Two nodes know each other.</summary>
    public static void Introduce(params PeerNode[] nodes)
    {
        foreach (var node in nodes)
        {
            node.Directory.Replace(nodes.Select(static n => n.Row));
        }
    }

    public IActorRef<object> InboxOf(PeerNode other)
    {
        return Actors.Find(other.Row.Incarnation, Inbox);
    }

    /// <summary>Takes connections, on the same port as before.</summary>
    public async Task ListenAsync(bool isGuarded = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port, listen =>
        {
            if (_certificate is not null)
            {
                listen.UseHttps(_certificate);
            }
        }));
        builder.Services.AddCarillonWeb();
        builder.Services.AddAuthorization(static options => options.AddPolicy("nobody", static policy => policy.RequireAssertion(static _ => false)));
        builder.Services.AddAuthentication();
        _app = builder.Build();
        var endpoints = _app.MapCarillonWeb(Prefix);
        if (isGuarded)
        {
            endpoints.RequireAuthorization("nobody");
        }

        var holder = _app.Services.GetRequiredService<NodeContextHolder>();
        holder.PeerOptions = _options;
        holder.Peers = Actors;
        await _app.StartAsync();
    }

    /// <summary>Breaks every connection, and takes none.</summary>
    public async Task CloseAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <summary>What it was told, once there is enough.</summary>
    public async Task<IReadOnlyList<Note>> HeardAsync(Func<IReadOnlyList<Note>, bool> until, string what)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((until, done));
            Look();
        }

        try
        {
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Row.Name} waited for {what} and heard {Heard.Count} messages");
        }

        return Heard;
    }

    public IReadOnlyList<Note> Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Actors.StopAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _system.DisposeAsync();
        _network.Dispose();
        _dispatcher.Dispose();
        _time.Dispose();
    }

    private void Hear(Note note)
    {
        lock (_gate)
        {
            _heard.Add(note);
            Look();
        }
    }

    private void Look()
    {
        foreach (var (_, done) in _waiting.Where(wait => wait.Until(_heard)))
        {
            done.TrySetResult();
        }
    }

    private sealed class Listener(PeerNode node) : Actor<object>
    {
        protected override void Receive(object message)
        {
            switch (message)
            {
                case Note note:
                    node.Hear(note);
                    break;
                case Greet greet:
                    greet.ReplyTo.Tell(new Note(0, $"hello {greet.Name}"));
                    break;
            }
        }
    }
}
