using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Simulation.Tests;

/// <summary>Rounds of one node beside others, against the rows.</summary>
public sealed class ReconcilerScenes : IAsyncLifetime
{
    private const int Shards = 8;
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(6);
    private static readonly Guid Me = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    private readonly VirtualTimeProvider _time = new(Scene.Noon, dispatcher: null);
    private readonly List<string> _calls = [];
    private readonly SimulatedDatabase _database;
    private readonly SimulatedStore _mine;
    private readonly SimulatedStore _others;
    private readonly Lease _lease;
    private readonly ClusterView _view = new(new NodeDirectory(), new ShardDirectory());
    private readonly Reconciler _reconciler;
    private readonly HashSet<ShardTerm> _held = [];
    private string? _joinsBefore;

    public ReconcilerScenes()
    {
        _database = new SimulatedDatabase(_time);
        _mine = new SimulatedStore(_database, Me, new StoreFaults { Decide = Note });
        _others = new SimulatedStore(_database, Other);
        _lease = new Lease(_time, LeaseTime, margin: TimeSpan.FromSeconds(1));
        _reconciler = new Reconciler(
            Me, _mine, _lease, new ClusterClock(_time), _view, NullLogger<Reconciler>.Instance);
    }

    public async Task InitializeAsync()
    {
        var cluster = new ClusterInfo { ShardCount = Shards, Generation = new StatisticsGeneration(0, Scene.Noon) };
        await _mine.OpenClusterAsync(cluster, CancellationToken.None);
        await _mine.JoinAsync(Row(Me, "me"), LeaseTime, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _mine.DisposeAsync();
        await _others.DisposeAsync();
    }

    [Fact]
    public async Task Node_without_a_session_is_declared_dead_at_the_second_look_and_its_shards_are_taken()
    {
        await OtherOwnsEverythingAsync();
        await LiveAsync(seconds: 6);
        _others.Kill();

        Assert.True((await RunAsync()).LooksAgainSoon);
        Assert.Equal(NodeStatus.Up, StatusOf(Other));

        _time.Advance(TimeSpan.FromSeconds(0.25));
        var round = await RunAsync();

        Assert.Equal(NodeStatus.Dead, StatusOf(Other));
        Assert.Equal(Shards, round.Taken.Count);
        Assert.False(round.LooksAgainSoon);
        Assert.False(_view.Nodes.IsPast(Other, _time.GetUtcNow()), "its lease has not passed, and its code may still run");
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True(_view.Nodes.IsPast(Other, _time.GetUtcNow()));
    }

    [Fact]
    public async Task Server_that_has_taken_over_from_another_knows_no_sessions_and_nobody_is_declared_dead_for_it()
    {
        await OtherOwnsEverythingAsync();
        await LiveAsync(seconds: 6);
        _database.EndSessions();

        for (var look = 0; look < 20; look++)
        {
            Assert.False((await RunAsync()).LooksAgainSoon);
            _time.Advance(TimeSpan.FromSeconds(0.25));
            Renew();
        }

        Assert.Equal(NodeStatus.Up, StatusOf(Other));
    }

    [Fact]
    public async Task Nobody_is_declared_dead_early_or_late_until_own_renewals_have_worked_for_a_full_lease()
    {
        await OtherOwnsEverythingAsync();
        _others.Kill();
        await LiveAsync(seconds: 5, otherBeats: false);
        _lease.Failed("the store was away");

        await LiveAsync(seconds: 5, otherBeats: false);
        Assert.Equal(NodeStatus.Up, StatusOf(Other));
        Assert.DoesNotContain("read_sessions", _calls);

        await LiveAsync(seconds: 1, otherBeats: false);
        Assert.Equal(NodeStatus.Dead, StatusOf(Other));
    }

    [Fact]
    public async Task Node_that_stands_still_with_its_sessions_open_is_declared_dead_after_its_lease()
    {
        await OtherOwnsEverythingAsync();
        await LiveAsync(seconds: 8);
        await LiveAsync(seconds: 5, otherBeats: false);
        Assert.Equal(NodeStatus.Up, StatusOf(Other));

        await LiveAsync(seconds: 1.5, otherBeats: false);
        Assert.Equal(NodeStatus.Dead, StatusOf(Other));
    }

    [Fact]
    public async Task Node_that_is_alone_asks_for_no_sessions_and_reads_the_rows_once()
    {
        await LiveAsync(seconds: 10);
        _calls.Clear();

        await RunAsync();

        Assert.Equal(["read_shards", "read_nodes"], _calls);
    }

    [Fact]
    public async Task Node_beside_others_asks_for_sessions_once_in_a_round()
    {
        await OtherOwnsEverythingAsync();
        await LiveAsync(seconds: 6);
        _calls.Clear();

        await RunAsync();

        Assert.Equal(["read_shards", "read_nodes", "read_sessions"], _calls);
    }

    [Theory]
    [InlineData("read_nodes")]
    [InlineData("read_shards")]
    public async Task Node_that_joins_and_takes_shards_before_a_reading_of_another_one_keeps_them(string call)
    {
        Renew();
        _joinsBefore = call;

        var round = await RunAsync();

        Assert.Empty(round.Taken);
        Assert.All(_database.Shards, static shard => Assert.Equal((Other, 1), (shard.Owner, shard.Epoch)));
    }

    [Fact]
    public async Task Node_whose_lease_has_run_out_takes_and_gives_nothing()
    {
        await LiveAsync(seconds: 6);
        _time.Advance(TimeSpan.FromSeconds(6));

        var round = await RunAsync();

        Assert.Empty(round.Taken);
        Assert.Empty(round.HandOver);
        Assert.Equal(Shards, round.Shards.Count);
    }

    [Fact]
    public async Task Shard_whose_owners_die_one_after_the_other_is_left_alone_for_a_minute_and_then_tried_again()
    {
        await LiveAsync(seconds: 6);
        await RunAsync();
        var deadly = Assert.Single(_database.Shards, static s => s.Id == 3);
        for (var death = 0; death <= Quarantine.MostAdoptions; death++)
        {
            deadly = await TakenAndDiedAsync(deadly);
        }

        Assert.Equal(6, deadly.Adopted);
        Assert.DoesNotContain(await TakenInAsync(seconds: 50), static term => term.Shard == 3);
        Assert.Contains(await TakenInAsync(seconds: 20), static term => term.Shard == 3);
        Assert.Equal(7, _database.Shards[3].Adopted);
    }

    [Fact]
    public async Task Orphan_that_is_meant_for_a_node_that_does_not_come_is_taken_after_a_second()
    {
        await _others.JoinAsync(Row(Other, "other"), LeaseTime, CancellationToken.None);
        var placement = Placement.Of(["me", "other"], Shards);

        var rounds = await LiveAsync(seconds: 1);

        Assert.Equal([Mine(isMine: true), [], Mine(isMine: false)], rounds.Select(static r => r.Taken.Select(static t => t.Shard).Order()));

        IEnumerable<int> Mine(bool isMine)
        {
            return Enumerable.Range(0, Shards).Where(shard => placement.OwnerOf(shard) is "me" == isMine);
        }
    }

    [Fact]
    public async Task Shards_of_another_nodes_share_are_handed_over_when_the_nodes_have_been_the_same_for_five_seconds()
    {
        await LiveAsync(seconds: 2);
        Assert.Equal(Shards, _held.Count);
        await _others.JoinAsync(Row(Other, "other"), LeaseTime, CancellationToken.None);
        var joined = await LiveAsync(seconds: 4.5);
        Assert.All(joined, static round => Assert.Empty(round.HandOver));

        var round = (await LiveAsync(seconds: 1))[^1];

        Assert.NotEmpty(round.HandOver);
        Assert.All(round.HandOver, static handover => Assert.Equal(Other, handover.Successor));
        Assert.All(round.HandOver, handover => Assert.Contains(handover.Term, _held));
    }

    private static NodeRow Row(Guid incarnation, string name)
    {
        return new NodeRow { Incarnation = incarnation, Name = name, Advertise = $"http://{name}", Version = "1" };
    }

    private StoreFault Note(string call)
    {
        _calls.Add(call);
        if (string.Equals(call, _joinsBefore, StringComparison.Ordinal))
        {
            _joinsBefore = null;
            _ = OtherOwnsEverythingAsync(); // done at once: nothing delays the calls of the other
        }

        return StoreFault.None;
    }

    private NodeStatus StatusOf(Guid incarnation)
    {
        return _database.Nodes.Single(n => n.Incarnation == incarnation).Status;
    }

    private async Task OtherOwnsEverythingAsync()
    {
        await _others.JoinAsync(Row(Other, "other"), LeaseTime, CancellationToken.None);
        var seen = _database.Shards.Select(static s => new ShardTerm(s.Id, s.Epoch)).ToArray();
        await _others.ClaimAsync(Other, seen, CancellationToken.None);
    }

    /// <summary>Another life takes the shard and dies a moment later.</summary>
    private async Task<ShardRow> TakenAndDiedAsync(ShardRow shard)
    {
        var life = Guid.NewGuid();
        await _others.JoinAsync(Row(life, "brief"), LeaseTime, CancellationToken.None);
        await _others.ClaimAsync(life, [new ShardTerm(shard.Id, shard.Epoch)], CancellationToken.None);
        await _others.LeaveAsync(life, CancellationToken.None);
        return _database.Shards[shard.Id];
    }

    private async Task<IReadOnlyList<ShardTerm>> TakenInAsync(double seconds)
    {
        return [.. (await LiveAsync(seconds)).SelectMany(static round => round.Taken)];
    }

    /// <summary>Renews and does a round every half second; the other one beats too, unless it is not to.</summary>
    private async Task<List<Reconciled>> LiveAsync(double seconds, bool otherBeats = true)
    {
        var rounds = new List<Reconciled>();
        for (var passed = 0.0; passed <= seconds; passed += 0.5)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            Renew();
            if (otherBeats)
            {
                _others.Beat(Other, LeaseTime);
            }

            rounds.Add(await RunAsync());
        }

        return rounds;
    }

    private void Renew()
    {
        var sent = _lease.Sending();
        Assert.NotNull(_mine.Beat(Me, LeaseTime));
        _lease.Renewed(sent);
    }

    private async Task<Reconciled> RunAsync()
    {
        var round = await _reconciler.RunAsync(_held, CancellationToken.None);
        _held.ExceptWith(round.Lost);
        _held.UnionWith(round.Taken);
        return round;
    }
}
