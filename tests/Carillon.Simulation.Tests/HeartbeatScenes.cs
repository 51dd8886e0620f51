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
    private readonly SteppedClock _storeTime;
    private readonly ClusterClock _clock;
    private readonly SimulatedDatabase _database;
    private readonly SimulatedStore _store;
    private readonly Lease _lease;
    private readonly SceneLog _log;
    private readonly Heartbeat _heartbeat;
    private bool _hasTurns = true;

    public HeartbeatScenes()
    {
        _storeTime = new SteppedClock(_time);
        _clock = new ClusterClock(_time);
        _database = new SimulatedDatabase(_storeTime);
        _store = new SimulatedStore(_database, Me);
        _lease = new Lease(_time, LeaseTime, margin: TimeSpan.FromSeconds(1));
        _log = new SceneLog(_time);
        var generation = new GenerationView(new StatisticsGeneration(0, Scene.Noon));
        _heartbeat = new Heartbeat(Me, _store, _lease, _clock, generation, _log.CreateLogger<Heartbeat>())
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
    public async Task Status_that_was_asked_for_elsewhere_is_known_with_the_next_beat()
    {
        _heartbeat.BeatOnce();
        Assert.Equal(NodeStatus.Up, _heartbeat.Status);

        await _store.SetStatusAsync(Me, NodeStatus.Leaving, CancellationToken.None);
        _heartbeat.BeatOnce();
        Assert.Equal(NodeStatus.Leaving, _heartbeat.Status);

        await _store.SetStatusAsync(Me, NodeStatus.Up, CancellationToken.None);
        _heartbeat.BeatOnce();
        Assert.Equal(NodeStatus.Up, _heartbeat.Status);
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 1)]
    [InlineData(-501, 1)]
    public void Skew_of_the_clock_is_measured_with_every_beat_and_warned_of_beyond_half_a_second(int milliseconds, int warnings)
    {
        _storeTime.Step(TimeSpan.FromMilliseconds(milliseconds));

        _heartbeat.BeatOnce();

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _clock.Skew);
        Assert.Equal(_storeTime.GetUtcNow(), _clock.GetUtcNow());
        Assert.Equal(warnings, _log.Lines.Count(static line => line.Contains("The clock of this node", StringComparison.Ordinal)));
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
