using System.Globalization;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Carillon.Conformance.Tests;

/// <summary>When sessions that are missing at the server prove that their node has crashed.</summary>
[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlSessionTests(PostgresFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan ShortLease = TimeSpan.FromSeconds(5);
    private readonly PostgreSqlHarness _harness = new(server);
    private StoreNode? _node;

    private static CancellationToken None => CancellationToken.None;

    private StoreNode Node => _node!;

    public async Task InitializeAsync()
    {
        _node = await _harness.OpenNodeAsync();
    }

    public async Task DisposeAsync()
    {
        await _harness.RemoveAsync();
    }

    [Fact]
    public async Task Sessions_prove_nothing_through_a_pooler_that_hides_them()
    {
        await using var pooler = new FakePooler(server.Server.Port);
        var way = new NpgsqlConnectionStringBuilder(_harness.ConnectionString)
        {
            Port = pooler.Port,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        await using var store = _harness.CreateStore(Guid.NewGuid(), way.ConnectionString);

        var reading = await store.ReadSessionsAsync(TimeSpan.Zero, None);

        Assert.Equal((false, "a connection pooler stands before the database"), (reading.IsConclusive, reading.Doubt));
    }

    [Fact]
    public async Task Sessions_prove_nothing_while_the_server_has_run_for_less_than_a_lease()
    {
        var reading = await Node.Cluster.ReadSessionsAsync(TimeSpan.FromDays(1), None);

        Assert.Equal((false, "the database server has just started"), (reading.IsConclusive, reading.Doubt));
        Assert.Contains(Node.Incarnation, reading.Incarnations);
    }

    [Fact]
    public async Task Age_of_the_reader_is_that_of_its_oldest_session()
    {
        var before = await Node.Cluster.ReadSessionsAsync(TimeSpan.Zero, None);
        await using var younger = await _harness.ConnectAsync(Node.Incarnation.ToString("D"));

        var after = await Node.Cluster.ReadSessionsAsync(TimeSpan.Zero, None);

        Assert.True(after.OwnAge > before.OwnAge, $"{before.OwnAge}, then {after.OwnAge}");
    }

    [Fact]
    public async Task Sessions_of_other_users_are_seen_without_any_right()
    {
        await using var raw = await _harness.ConnectAsync();
        await using var make = new NpgsqlCommand("CREATE ROLE plain LOGIN", raw);
        await make.ExecuteNonQueryAsync();
        var way = new NpgsqlConnectionStringBuilder(_harness.ConnectionString) { Username = "plain" };
        await using var store = _harness.CreateStore(Guid.NewGuid(), way.ConnectionString);

        Assert.Contains(Node.Incarnation, (await store.ReadSessionsAsync(TimeSpan.Zero, None)).Incarnations);
    }

    [Fact]
    public async Task Primary_of_several_hosts_that_ended_its_sessions_is_used_again_within_a_lease()
    {
        var way = new NpgsqlConnectionStringBuilder(_harness.ConnectionString)
        {
            Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Server.Port},127.0.0.1:{LoopbackPort.Free()}"),
            TargetSessionAttributes = "primary",
        };
        var incarnation = Guid.NewGuid();
        await using var store = _harness.CreateStore(incarnation, way.ConnectionString);
        await store.ReadNodesAsync(None);
        await using var raw = await _harness.ConnectAsync();
        await using var end = new NpgsqlCommand("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1", raw);
        end.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incarnation.ToString("D") });
        await end.ExecuteNonQueryAsync();

        var began = TimeProvider.System.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Record.ExceptionAsync(() => store.ReadNodesAsync(None)) is { } failure)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < ShortLease, $"no host is used: {failure.Message}");
            await pace.WaitForNextTickAsync();
        }
    }

    [Fact]
    public async Task Node_whose_sessions_have_ended_is_declared_dead_by_one_that_has_watched_for_a_lease()
    {
        var lease = new Lease(TimeProvider.System, TimeSpan.FromMilliseconds(500), margin: TimeSpan.FromMilliseconds(50));
        var incarnation = Guid.NewGuid();
        var store = await _harness.OpenStoreAsync(incarnation);
        var other = StoreNode.Of(incarnation, store);
        await Node.Cluster.JoinAsync(Node.Row("me"), TestTimes.Lease, None);
        await other.Cluster.JoinAsync(other.Row("other"), TestTimes.Lease, None);
        var owner = await Owner.ClaimAsync(other);
        var view = new ClusterView(new NodeDirectory(), new ShardDirectory());
        var clock = new ClusterClock(TimeProvider.System);
        var reconciler = new Reconciler(
            Node.Incarnation, Node.Cluster, lease, clock, view, NullLogger<Reconciler>.Instance);

        await UntilAsync("the node has renewed for two leases", _ => lease.Unbroken > 2 * lease.Duration);
        Assert.Equal(NodeStatus.Up, view.Nodes.Nodes[incarnation].Status);

        await store.DisposeAsync();
        await UntilAsync("the shards are taken", round => round.Taken.Count == owner.Terms.Count);
        Assert.Equal(NodeStatus.Dead, view.Nodes.Nodes[incarnation].Status);
        Assert.False(view.Nodes.IsPast(incarnation, clock.GetUtcNow()), "its lease has not passed");

        async Task UntilAsync(string what, Func<Reconciled, bool> isTrue)
        {
            var began = TimeProvider.System.GetTimestamp();
            Reconciled round;
            do
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), $"20 s, and not yet: {what}");
                var sent = lease.Sending();
                Assert.NotNull(Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease));
                lease.Renewed(sent);
                round = await reconciler.RunAsync(new HashSet<ShardTerm>(), None);
            }
            while (!isTrue(round));
        }
    }
}
