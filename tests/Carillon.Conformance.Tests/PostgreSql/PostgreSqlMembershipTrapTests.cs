using Carillon.Cluster;
using Npgsql;

namespace Carillon.Conformance.Tests;

/// <summary>
/// The traps of membership and ownership on PostgreSQL, each with its interleaving forced by locks that the test holds.
/// </summary>
[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlMembershipTrapTests(PostgresFixture server) : PostgreSqlScene(server)
{
    [Fact]
    public async Task Take_over_goes_before_the_appends_that_came_after_it()
    {
        var owner = await Owner.ClaimAsync(Node);
        var second = await Harness.OpenNodeAsync(); // another connection of the same owner
        var successor = await Harness.OpenNodeAsync();
        await using var blocker = await Harness.ConnectAsync();
        await HoldAsync(blocker, Sample.Key("a", 1));
        var under = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "INSERT INTO execution");
        var claim = successor.Cluster.ClaimAsync(successor.Incarnation, [owner.TermOf("a")], None);
        await Sessions.UntilWaitingAsync(Application(successor), "Lock", "FOR UPDATE OF s");

        var late = second.Log.AppendAsync(new AppendBatch(
            Node.Incarnation, [owner.TermOf("a")], [owner.Event(Sample.Started(Sample.Key("a", 2)))]));
        await Sessions.UntilWaitingAsync(Application(second), "Lock", "FOR NO KEY UPDATE");
        await ExecuteAsync(blocker, "ROLLBACK");

        Assert.Empty(await under);
        Assert.Single(await claim);
        Assert.Equal([owner.TermOf("a").Shard], await late);
    }

    [Fact]
    public async Task Appends_leave_the_shard_rows_as_they_are()
    {
        var owner = await Owner.ClaimAsync(Node);
        var before = await VersionsAsync();
        await using var reader = await Harness.ConnectAsync();
        await using var snapshot = await reader.BeginTransactionAsync();
        await ExecuteAsync(reader, "SELECT count(*) FROM execution");

        for (var second = 0; second < 20; second++)
        {
            await owner.RecordAsync(Sample.Started(Sample.Key("a", second)), Sample.Started(Sample.Key("b", second)));
        }

        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task Claim_that_meets_an_uncommitted_claim_waits_and_takes_nothing_from_its_owner()
    {
        var owner = await Owner.ClaimAsync(Node);
        await Node.Cluster.LeaveAsync(Node.Incarnation, None);
        var successor = await Harness.OpenNodeAsync();
        await using var faster = await Harness.ConnectAsync();
        await using var takeOver = await faster.BeginTransactionAsync();
        await TakeOverAsync(faster, owner.TermOf("a"));

        var claim = successor.Cluster.ClaimAsync(successor.Incarnation, [owner.TermOf("a")], None);
        await Sessions.UntilWaitingAsync(Application(successor), "Lock", "FOR UPDATE OF s");
        await takeOver.CommitAsync();

        Assert.Empty(await claim);
        var row = (await Node.Cluster.ReadShardsAsync(None))[owner.TermOf("a").Shard];
        Assert.Equal((owner.TermOf("a").Epoch + 1, false), (row.Epoch, row.Owner == successor.Incarnation));
    }

    [Fact]
    public async Task Lease_is_counted_from_after_the_wait_for_the_row_and_not_from_the_start_of_the_statement()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        await using var other = await Harness.ConnectAsync();
        await using var change = await other.BeginTransactionAsync();
        await ExecuteAsync(other, "UPDATE node SET status = 'leaving'");

        var beat = Task.Run(() => Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "UPDATE node");
        var waited = await NowAsync();
        await change.CommitAsync();

        var reply = await beat;
        var row = Assert.Single(await Node.Cluster.ReadNodesAsync(None));
        Assert.Equal(NodeStatus.Leaving, reply!.Status);
        Assert.True(row.LeaseUntil >= waited + TestTimes.Lease, $"the lease is short by {waited + TestTimes.Lease - row.LeaseUntil}");
    }

    [Fact]
    public async Task Fence_answers_and_does_not_fail_where_the_database_asks_for_serializable()
    {
        await ExecuteAsync(Raw, "CREATE ROLE strict LOGIN SUPERUSER");
        await ExecuteAsync(Raw, "ALTER ROLE strict SET default_transaction_isolation = 'serializable'");
        var way = new NpgsqlConnectionStringBuilder(Harness.ConnectionString) { Username = "strict" };
        var incarnation = Guid.NewGuid();
        await using var store = Harness.CreateStore(incarnation, way.ConnectionString);
        var strict = StoreNode.Of(incarnation, store);
        var owner = await Owner.ClaimAsync(strict);
        await using var taker = await Harness.ConnectAsync();
        await using var takeOver = await taker.BeginTransactionAsync();
        await TakeOverAsync(taker, owner.TermOf("a"));

        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        var claim = store.ClaimAsync(incarnation, [owner.TermOf("a")], None);
        await Sessions.UntilWaitingAsync(Application(strict), "Lock", "FOR NO KEY UPDATE");
        await Sessions.UntilWaitingAsync(Application(strict), "Lock", "FOR UPDATE OF s");
        await takeOver.CommitAsync();

        Assert.Equal([owner.TermOf("a").Shard], await append);
        Assert.Empty(await claim);
    }

    [Fact]
    public async Task Beat_goes_through_while_queries_and_appends_of_the_node_wait()
    {
        const int Queries = 8;
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        var owner = await Owner.ClaimAsync(Node);
        await using var blocker = await Harness.ConnectAsync();
        await using var held = await blocker.BeginTransactionAsync();
        await ExecuteAsync(blocker, "LOCK TABLE execution, job IN ACCESS EXCLUSIVE MODE");
        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        var loads = Enumerable.Range(0, 2 * Queries).Select(_ => Node.Log.LoadAsync([owner.TermOf("a")], None)).ToArray();
        await Sessions.UntilAsync(
            $"{Queries} queries and an append to wait",
            $"""
            SELECT 1 WHERE {Queries + 1} = (
              SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock')
            """,
            static () => { },
            Application(Node));

        Assert.NotNull(Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease));

        Assert.All(loads, static load => Assert.False(load.IsCompleted));
        await held.RollbackAsync();
        Assert.Empty(await append);
        await Task.WhenAll(loads);
    }

    [Fact]
    public async Task Claim_of_a_shard_that_a_paused_client_holds_in_a_transaction_gives_up_soon_and_succeeds_after_its_end()
    {
        var owner = await Owner.ClaimAsync(Node);
        Harness.LockTimeout = TimeSpan.FromMilliseconds(500);
        var successor = await Harness.OpenNodeAsync();
        await using var paused = await Harness.ConnectAsync();
        await using var open = await paused.BeginTransactionAsync();
        await ExecuteAsync(paused, $"SELECT id FROM shard WHERE id = {owner.TermOf("a").Shard} FOR NO KEY UPDATE");

        Assert.Equal(Owner.ShardCount - 1, (await successor.Cluster.ClaimAsync(successor.Incarnation, owner.Terms, None)).Count);

        await open.RollbackAsync();
        Assert.Single(await successor.Cluster.ClaimAsync(successor.Incarnation, [owner.TermOf("a")], None));
    }

    private async Task<List<string>> VersionsAsync()
    {
        await using var command = new NpgsqlCommand("SELECT id || ' ' || ctid || ' ' || xmin FROM shard ORDER BY id", Raw);
        var versions = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            versions.Add(reader.GetString(0));
        }

        return versions;
    }

    private async Task<DateTimeOffset> NowAsync()
    {
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", Raw);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return await reader.GetFieldValueAsync<DateTimeOffset>(0);
    }
}
