using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Scheduling;
using Carillon.Testing;
using Carillon.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Benchmarks.Lanes;

/// <summary>The actors of one node behind a web server of its own, with the threads that a node has.</summary>
internal sealed class LaneHost : IAsyncDisposable
{
    private static readonly PeerOptions Peers = new() { Secret = new string('x', 32) };

    private readonly ThreadDispatcher _dispatcher = new("lane", Math.Max(2, Environment.ProcessorCount));
    private readonly DedicatedTimeProvider _time = new();
    private readonly PeerNetwork _network = new(Peers, RandomNumberGenerator.GetBytes);
    private readonly NodeRow _row;
    private readonly int _port = LoopbackPort.Free();
    private readonly NodeDirectory _directory = new();
    private WebApplication? _app;

    private LaneHost(string name)
    {
        _row = new NodeRow
        {
            Incarnation = new Guid(RandomNumberGenerator.GetBytes(16)),
            Name = name,
            Advertise = $"http://127.0.0.1:{_port}",
            Version = "1",
        };
        System = new ActorSystem(name, new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
        var options = new RemotingOptions { Incarnation = _row.Incarnation, Name = name, Cluster = "benchmark" };
        Actors = new RemoteActors(
            options, System, _directory, _network, [ClusterMessages.Wire, SchedulingMessages.Wire, MetricsMessages.Wire], NullLoggerFactory.Instance);
    }

    public ActorSystem System { get; }

    public RemoteActors Actors { get; }

    /// <summary>Starts two that know each other.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "Whoever asks for them disposes them.")]
    public static async Task<(LaneHost One, LaneHost Other)> StartTwoAsync()
    {
        LaneHost[] hosts = [new("one"), new("other")];
        foreach (var host in hosts)
        {
            host._directory.Replace(hosts.Select(static h => h._row));
            await host.ListenAsync();
        }

        return (hosts[0], hosts[1]);
    }

    /// <summary>An actor of another host.</summary>
    public IActorRef<object> Find(LaneHost other, string name)
    {
        return Actors.Find(other._row.Incarnation, name);
    }

    public async ValueTask DisposeAsync()
    {
        await Actors.StopAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await System.DisposeAsync();
        _network.Dispose();
        _dispatcher.Dispose();
        _time.Dispose();
    }

    private async Task ListenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        builder.Services.AddCarillonWeb();
        _app = builder.Build();
        _app.MapCarillonWeb();
        var holder = _app.Services.GetRequiredService<NodeContextHolder>();
        holder.PeerOptions = Peers;
        holder.Peers = Actors;
        await _app.StartAsync();
    }
}
