using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IClusterStore"/>.</summary>
public abstract class ClusterStoreSuite(StoreHarness harness) : StoreSuite(harness)
{
    [Fact]
    public async Task Reset_begins_the_next_generation_and_every_beat_tells_it()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        Assert.Equal(Owner.Cluster.Generation, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Generation);

        var first = await Node.Cluster.ResetStatisticsAsync(None);
        var second = await Node.Cluster.ResetStatisticsAsync(None);

        Assert.Equal((1L, 2L), (first.Number, second.Number));
        Assert.True(second.StartedAt >= first.StartedAt);
        Assert.Equal(second, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Generation);
        Assert.Equal(second, (await Node.Cluster.OpenClusterAsync(Owner.Cluster, None)).Generation);
    }

    [Fact]
    public async Task OpenCluster_of_a_new_store_makes_it_as_expected()
    {
        var expected = Owner.Cluster with { Name = "orders", Generation = new StatisticsGeneration(3, TestTimes.Noon) };

        var opened = await Node.Cluster.OpenClusterAsync(expected, None);

        Assert.Equal(expected, opened);
        var shards = await Node.Cluster.ReadShardsAsync(None);
        Assert.Equal(Enumerable.Range(0, Owner.ShardCount).Select(id => new ShardRow(id, null, 0)), shards);
    }

    [Fact]
    public async Task OpenCluster_of_a_store_in_use_answers_what_is_there()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster with { Generation = new StatisticsGeneration(3, TestTimes.Noon) }, None);
        var other = await OpenAnotherNodeAsync();

        var opened = await other.Cluster.OpenClusterAsync(
            Owner.Cluster with { Generation = new StatisticsGeneration(9, TestTimes.LongAgo) }, None);

        Assert.Equal(Owner.Cluster with { Generation = new StatisticsGeneration(3, TestTimes.Noon) }, opened);
    }

    [Theory]
    [InlineData("billing", Owner.ShardCount, ShardHash.Version, "'carillon'", "'billing'")]
    [InlineData("carillon", 9, ShardHash.Version, "8", "9")]
    [InlineData("carillon", Owner.ShardCount, 77, "1", "77")]
    public async Task OpenCluster_of_another_cluster_or_layout_is_refused_naming_both(
        string name, int shardCount, int hashVersion, params string[] sides)
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        var wanted = Owner.Cluster with { Name = name, ShardCount = shardCount, HashVersion = hashVersion };

        var refused = await Assert.ThrowsAsync<ClusterMismatchException>(
            () => Node.Cluster.OpenClusterAsync(wanted, None));

        Assert.All(sides, side => Assert.Contains(side, refused.Message, StringComparison.Ordinal));
        Assert.Equal(Owner.ShardCount, (await Node.Cluster.ReadShardsAsync(None)).Count);
    }

    [Fact]
    public async Task Join_adds_the_node_as_up()
    {
        var row = Node.Row("a") with { Roles = ["gpu", "eu-west"], Classes = ["NightlyReport", "sync-rates"] };

        Assert.Null(await Node.Cluster.JoinAsync(row, TestTimes.Lease, None));

        var joined = Assert.Single(await Node.Cluster.ReadNodesAsync(None));
        Assert.Equal(
            (row.Incarnation, row.Name, row.Advertise, row.Version, NodeStatus.Up, 0L),
            (joined.Incarnation, joined.Name, joined.Advertise, joined.Version, joined.Status, joined.Beat));
        Assert.Equal(row.Roles, joined.Roles);
        Assert.Equal(row.Classes, joined.Classes);
        Assert.Equal(TestTimes.Lease.TotalSeconds, (joined.LeaseUntil - joined.StartedAt).TotalSeconds, tolerance: 1);
    }

    [Fact]
    public async Task Join_with_text_that_a_database_refuses_replaces_it()
    {
        var row = Node.Row("a") with { Roles = ["g\0u"], Classes = ["Night\uD800ly", "\U0001F514"] };

        Assert.Null(await Node.Cluster.JoinAsync(row, TestTimes.Lease, None));

        var joined = Assert.Single(await Node.Cluster.ReadNodesAsync(None));
        Assert.Equal(["g\uFFFDu"], joined.Roles);
        Assert.Equal(["Night\uFFFDly", "\U0001F514"], joined.Classes);
    }

    [Fact]
    public async Task Join_under_a_name_in_use_answers_with_its_holder_and_adds_nothing()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        var other = await OpenAnotherNodeAsync();

        var holder = await other.Cluster.JoinAsync(other.Row("a"), TestTimes.Lease, None);

        Assert.Equal(Node.Incarnation, holder?.Incarnation);
        Assert.Equal("http://a:8000", holder?.Advertise);
        Assert.Single(await other.Cluster.ReadNodesAsync(None));
    }

    [Fact]
    public async Task Join_under_the_name_of_a_dead_node_succeeds()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        await Node.Cluster.LeaveAsync(Node.Incarnation, None);
        var other = await OpenAnotherNodeAsync();

        Assert.Null(await other.Cluster.JoinAsync(other.Row("a"), TestTimes.Lease, None));
    }

    [Fact]
    public async Task Beat_extends_the_lease_from_the_time_it_answers_with()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TimeSpan.FromSeconds(1), None);

        var reply = Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease);

        var row = Assert.Single(await Node.Cluster.ReadNodesAsync(None));
        Assert.NotNull(reply);
        Assert.Equal(Instant.Truncate(reply.Now), reply.Now);
        Assert.Equal(1, row.Beat);
        Assert.Equal(TestTimes.Lease.TotalSeconds, (row.LeaseUntil - reply.Now).TotalSeconds, tolerance: 1);
    }

    [Fact]
    public async Task Beat_of_a_dead_or_unknown_incarnation_answers_null()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        await Node.Cluster.DeclareDeadAsync(Node.Incarnation, 0, None);

        Assert.Null(Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease));
        Assert.Null(Node.Cluster.Beat(Guid.NewGuid(), TestTimes.Lease));
    }

    [Fact]
    public async Task Beat_tells_of_the_pause_of_the_scheduler_until_it_is_ended()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        var pause = new Pause("moving \U0001F514 house", "ada", TestTimes.Noon, TestTimes.FarAhead);
        Assert.Null(Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Pause);

        await Node.Cluster.SetPauseAsync(pause with { Until = null }, None);
        Assert.Equal(pause with { Until = null }, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Pause);

        await Node.Cluster.SetPauseAsync(pause, None);
        Assert.Equal(pause, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Pause);

        await Node.Cluster.SetPauseAsync(null, None);
        Assert.Null(Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Pause);
    }

    [Fact]
    public async Task DeclareDead_needs_the_beat_that_was_seen()
    {
        var observer = await OpenAnotherNodeAsync();
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease);

        Assert.False(await observer.Cluster.DeclareDeadAsync(Node.Incarnation, 0, None));
        Assert.True(await observer.Cluster.DeclareDeadAsync(Node.Incarnation, 1, None));
        Assert.False(await observer.Cluster.DeclareDeadAsync(Node.Incarnation, 1, None));
    }

    [Fact]
    public async Task ReadNodes_tells_of_the_dead_for_ten_minutes_after_their_lease()
    {
        var brief = await OpenAnotherNodeAsync();
        await Node.Cluster.JoinAsync(Node.Row("long"), TestTimes.Lease, None);
        await brief.Cluster.JoinAsync(brief.Row("brief"), -NodeRow.ToldAfterDeath - TimeSpan.FromSeconds(1), None);
        Assert.Equal(2, (await Node.Cluster.ReadNodesAsync(None)).Count);

        await Node.Cluster.LeaveAsync(Node.Incarnation, None);
        await brief.Cluster.LeaveAsync(brief.Incarnation, None);

        var left = Assert.Single(await brief.Cluster.ReadNodesAsync(None));
        Assert.Equal(("long", NodeStatus.Dead), (left.Name, left.Status));
    }

    [Fact]
    public async Task Claim_takes_the_shards_whose_epoch_was_seen()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);

        var taken = await Node.Cluster.ClaimAsync(Node.Incarnation, [new(0, 0), new(1, 5), new(2, 0)], None);

        Assert.Equal([new(0, 1), new(2, 1)], taken.OrderBy(term => term.Shard));
        var shards = await Node.Cluster.ReadShardsAsync(None);
        Assert.Equal(
            [(Node.Incarnation, 1, true), (null, 0, false), (Node.Incarnation, 1, true), (null, 0, false)],
            shards.Take(4).Select(shard => (shard.Owner, shard.Epoch, shard.TakenAt is not null)));
    }

    [Fact]
    public async Task Claim_by_two_at_once_gives_each_shard_to_one()
    {
        var other = await OpenAnotherNodeAsync();
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        var seen = Enumerable.Range(0, Owner.ShardCount).Select(id => new ShardTerm(id, 0)).ToArray();

        var claims = await Task.WhenAll(
            Node.Cluster.ClaimAsync(Node.Incarnation, seen, None), other.Cluster.ClaimAsync(
                other.Incarnation, [.. seen.Reverse()], None));

        var taken = claims.SelectMany(terms => terms).Select(term => term.Shard).Order();
        Assert.Equal(Enumerable.Range(0, Owner.ShardCount), taken);
        Assert.All(await Node.Cluster.ReadShardsAsync(None), shard => Assert.Equal(1, shard.Epoch));
    }

    [Fact]
    public async Task Claim_of_nothing_takes_nothing()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);

        Assert.Empty(await Node.Cluster.ClaimAsync(Node.Incarnation, [], None));
    }

    [Fact]
    public async Task Release_gives_up_own_terms_only()
    {
        var other = await OpenAnotherNodeAsync();
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        await Node.Cluster.ClaimAsync(Node.Incarnation, [new(0, 0), new(1, 0)], None);
        await other.Cluster.ClaimAsync(other.Incarnation, [new(2, 0)], None);

        await Node.Cluster.ReleaseAsync(
            Node.Incarnation, [Handover(new(0, 1), null), Handover(new(1, 7), null), Handover(new(2, 1), null)], None);

        var shards = await Node.Cluster.ReadShardsAsync(None);
        Assert.Equal([null, Node.Incarnation, other.Incarnation], shards.Take(3).Select(shard => shard.Owner));
        Assert.Equal([2, 1, 1], shards.Take(3).Select(shard => shard.Epoch));
    }

    [Fact]
    public async Task Release_names_the_successor_of_each_shard_until_it_is_claimed()
    {
        var successor = Guid.NewGuid();
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        await Node.Cluster.ClaimAsync(Node.Incarnation, [new(0, 0), new(1, 0)], None);

        await Node.Cluster.ReleaseAsync(
            Node.Incarnation, [Handover(new(0, 1), successor), Handover(new(1, 1), null)], None);

        var released = await Node.Cluster.ReadShardsAsync(None);
        Assert.Equal([new(0, null, 2) { Successor = successor }, new(1, null, 2)], released.Take(2));
        await Node.Cluster.ClaimAsync(successor, [new(0, 2)], None);
        Assert.Equal((successor, null), await OwnerOfAsync(0));

        async Task<(Guid? Owner, Guid? Successor)> OwnerOfAsync(int shard)
        {
            var row = (await Node.Cluster.ReadShardsAsync(None))[shard];
            return (row.Owner, row.Successor);
        }
    }

    [Fact]
    public async Task Release_of_nothing_changes_nothing()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);

        await Node.Cluster.ReleaseAsync(Node.Incarnation, [], None);

        Assert.All(await Node.Cluster.ReadShardsAsync(None), static shard => Assert.Equal(0, shard.Epoch));
    }

    [Fact]
    public async Task Leave_marks_the_incarnation_dead()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);

        await Node.Cluster.LeaveAsync(Node.Incarnation, None);

        Assert.Equal(NodeStatus.Dead, Assert.Single(await Node.Cluster.ReadNodesAsync(None)).Status);
        Assert.Null(Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease));
    }

    private static Handover Handover(ShardTerm term, Guid? successor)
    {
        return new Handover(term, successor);
    }
}
