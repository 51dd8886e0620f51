using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Testing;
using Microsoft.Extensions.Logging;

namespace Carillon.Simulation.Tests;

/// <summary>What a heartbeat renews, learns and leaves out.</summary>
public sealed class HeartbeatScenes : IAsyncLifetime
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(6);
    private static readonly Guid Me = Guid.Parse("00000000-0000-0000-0000-00000000000a");

    private readonly VirtualTimeProvider _time = new(Scene.Noon, dispatcher: null);
    private readonly SimulatedDatabase _database;
    private readonly SimulatedStore _store;
    private readonly Lease _lease;
    private readonly SceneLog _log;
    private readonly Heartbeat _heartbeat;
    private bool _hasTurns = true;

    public HeartbeatScenes()
    {
        _database = new SimulatedDatabase(_time);
        _store = new SimulatedStore(_database, Me);
        _lease = new Lease(_time, LeaseTime, margin: TimeSpan.FromSeconds(1));
        _log = new SceneLog(_time);
        var generation = new GenerationView(new StatisticsGeneration(0, Scene.Noon));
        _heartbeat = new Heartbeat(Me, _store, _lease, new ClusterClock(_time), generation, _log.CreateLogger<Heartbeat>())
        {
            SelfTest = () => _hasTurns,
        };
    }

    public async Task InitializeAsync()
    {
        var row = new NodeRow { Incarnation = Me, Name = "a", Advertise = "http://a", Version = "1" };
        await _store.JoinAsync(row, LeaseTime, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _heartbeat.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public void Node_whose_actors_get_no_turns_does_not_renew_its_lease_and_says_so()
    {
        _heartbeat.BeatOnce();
        _hasTurns = false;
        _time.Advance(TimeSpan.FromSeconds(4));
        _heartbeat.BeatOnce();

        Assert.Equal(1, Assert.Single(_database.Nodes).Beat);
        Assert.Equal((TimeSpan.FromSeconds(1), "the actors of this node get no turns"), (_lease.Headroom, _lease.LastFailure));
        Assert.Contains(_log.Errors, static line => line.Contains("not renewed", StringComparison.Ordinal));

        _hasTurns = true;
        _heartbeat.BeatOnce();
        Assert.Equal((TimeSpan.FromSeconds(5), null), (_lease.Headroom, _lease.LastFailure));
        Assert.Equal(TimeSpan.Zero, _lease.Unbroken);
    }
}
