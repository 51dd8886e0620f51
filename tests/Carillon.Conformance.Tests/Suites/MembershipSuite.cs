using Carillon.Cluster;

namespace Carillon.Conformance.Tests;

/// <summary>What of <see cref="IClusterStore"/> tells the living from the dead, and what the dead leave behind.</summary>
public abstract class MembershipSuite(StoreHarness harness) : StoreSuite(harness)
{
    /// <summary>A lease so short that an owner who dies with it had its shards for a moment.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task Status_that_another_node_sets_reaches_the_node_with_its_next_beat()
    {
        var other = await OpenAnotherNodeAsync();
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        Assert.Equal(NodeStatus.Up, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Status);

        Assert.True(await other.Cluster.SetStatusAsync(Node.Incarnation, NodeStatus.Leaving, None));
        Assert.Equal(NodeStatus.Leaving, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Status);
        Assert.Equal(NodeStatus.Leaving, Assert.Single(await other.Cluster.ReadNodesAsync(None)).Status);

        Assert.True(await other.Cluster.SetStatusAsync(Node.Incarnation, NodeStatus.Up, None));
        Assert.Equal(NodeStatus.Up, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease)!.Status);
    }

    [Fact]
    public async Task Status_of_a_dead_or_unknown_node_is_not_set()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        await Node.Cluster.LeaveAsync(Node.Incarnation, None);

        Assert.False(await Node.Cluster.SetStatusAsync(Node.Incarnation, NodeStatus.Up, None));
        Assert.False(await Node.Cluster.SetStatusAsync(Guid.NewGuid(), NodeStatus.Leaving, None));
        Assert.Equal(NodeStatus.Dead, Assert.Single(await Node.Cluster.ReadNodesAsync(None)).Status);
    }

    [Theory]
    [InlineData(NodeStatus.Joining)]
    [InlineData(NodeStatus.Dead)]
    public async Task Status_is_set_up_or_leaving_and_nothing_else(NodeStatus status)
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Node.Cluster.SetStatusAsync(Node.Incarnation, status, None));
    }

    [Fact]
    public async Task Sessions_of_who_is_connected_are_seen_and_of_nobody_else()
    {
        var other = await OpenAnotherNodeAsync();
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        await other.Cluster.JoinAsync(other.Row("b"), TestTimes.Lease, None);
        var stranger = Guid.NewGuid();

        var reading = await Node.Cluster.ReadSessionsAsync(TimeSpan.Zero, None);

        Assert.True(reading.IsConclusive, reading.Doubt);
        Assert.Contains(Node.Incarnation, reading.Incarnations);
        Assert.Contains(other.Incarnation, reading.Incarnations);
        Assert.DoesNotContain(stranger, reading.Incarnations);
        Assert.True(reading.OwnAge >= TimeSpan.Zero);
    }

    [Fact]
    public async Task Sessions_of_a_node_declared_dead_end()
    {
        var other = await OpenAnotherNodeAsync();
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        await other.Cluster.JoinAsync(other.Row("b"), TestTimes.Lease, None);

        await Node.Cluster.DeclareDeadAsync(other.Incarnation, 0, None);

        await Eventually(async () =>
            !(await Node.Cluster.ReadSessionsAsync(TimeSpan.Zero, None)).Incarnations.Contains(other.Incarnation));
    }

    [Fact]
    public async Task Shard_of_a_dead_owner_that_had_it_for_a_moment_counts_one_more_adoption_each_time()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        var owner = await JoinedAsync("0", Brief);
        var term = Assert.Single(await owner.Cluster.ClaimAsync(owner.Incarnation, [new(0, 0)], None));
        for (var adoption = 1; adoption <= 3; adoption++)
        {
            var next = await JoinedAsync($"{adoption}", Brief);
            await owner.Cluster.LeaveAsync(owner.Incarnation, None);
            term = Assert.Single(await next.Cluster.ClaimAsync(next.Incarnation, [term], None));

            Assert.Equal(adoption, (await RowAsync()).Adopted);
            owner = next;
        }
    }

    [Fact]
    public async Task Shard_of_a_dead_owner_that_had_it_for_long_counts_from_one()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        var first = await JoinedAsync("first", Brief);
        var second = await JoinedAsync("second", TestTimes.Lease);
        var third = await JoinedAsync("third", TestTimes.Lease);
        var term = Assert.Single(await first.Cluster.ClaimAsync(first.Incarnation, [new(0, 0)], None));
        await first.Cluster.LeaveAsync(first.Incarnation, None);
        term = Assert.Single(await second.Cluster.ClaimAsync(second.Incarnation, [term], None));
        await second.Cluster.LeaveAsync(second.Incarnation, None);

        await third.Cluster.ClaimAsync(third.Incarnation, [term], None);

        Assert.Equal(1, (await RowAsync()).Adopted);
    }

    [Fact]
    public async Task Shard_claimed_again_by_its_owner_keeps_its_count_and_its_time()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        var first = await JoinedAsync("first", Brief);
        var second = await JoinedAsync("second", Brief);
        var term = Assert.Single(await first.Cluster.ClaimAsync(first.Incarnation, [new(0, 0)], None));
        await first.Cluster.LeaveAsync(first.Incarnation, None);
        term = Assert.Single(await second.Cluster.ClaimAsync(second.Incarnation, [term], None));
        var before = await RowAsync();

        await second.Cluster.ClaimAsync(second.Incarnation, [term], None);

        Assert.Equal(before with { Epoch = before.Epoch + 1 }, await RowAsync());
        Assert.Equal(1, before.Adopted);
    }

    [Fact]
    public async Task Shard_that_was_released_has_no_adoptions_any_more()
    {
        await Node.Cluster.OpenClusterAsync(Owner.Cluster, None);
        var first = await JoinedAsync("first", Brief);
        var second = await JoinedAsync("second", Brief);
        var term = Assert.Single(await first.Cluster.ClaimAsync(first.Incarnation, [new(0, 0)], None));
        await first.Cluster.LeaveAsync(first.Incarnation, None);
        term = Assert.Single(await second.Cluster.ClaimAsync(second.Incarnation, [term], None));

        await second.Cluster.ReleaseAsync(second.Incarnation, [new Handover(term, Successor: null)], None);
        var released = await RowAsync();
        await Node.Cluster.ClaimAsync(Node.Incarnation, [new(0, released.Epoch)], None);

        Assert.Equal((0, null), (released.Adopted, released.TakenAt));
        Assert.Equal(0, (await RowAsync()).Adopted);
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "its sessions did not end within 20 s");
        }
    }

    private async Task<StoreNode> JoinedAsync(string name, TimeSpan lease)
    {
        var node = await OpenAnotherNodeAsync();
        Assert.Null(await node.Cluster.JoinAsync(node.Row(name), lease, None));
        return node;
    }

    private async Task<ShardRow> RowAsync()
    {
        return (await Node.Cluster.ReadShardsAsync(None))[0];
    }
}
