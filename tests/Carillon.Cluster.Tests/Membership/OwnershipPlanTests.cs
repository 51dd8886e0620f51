using Carillon.Model;

namespace Carillon.Cluster.Tests.Membership;

public sealed class OwnershipPlanTests
{
    private static readonly Guid Me = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-00000000000b");
    private static readonly Guid Gone = Guid.Parse("00000000-0000-0000-0000-00000000000c");

    private static readonly HashSet<ShardTerm> Nothing = [];
    private static readonly NodeRow[] Nodes = [Node(Me), Node(Other)];

    [Fact]
    public void Shard_without_owner_is_claimed_by_the_epoch_that_was_seen()
    {
        Assert.Equal([new ShardTerm(0, 0), new ShardTerm(1, 7)], OwnershipPlan.Claims(Me, Nothing, Nodes, [new ShardRow(0, null, 0), new ShardRow(1, null, 7)]));
    }

    [Theory]
    [InlineData(NodeStatus.Joining)]
    [InlineData(NodeStatus.Up)]
    [InlineData(NodeStatus.Leaving)]
    public void Shard_of_a_living_node_is_left_alone(NodeStatus status)
    {
        NodeRow[] nodes = [Node(Me), Node(Other) with { Status = status }];

        Assert.Empty(OwnershipPlan.Claims(Me, Nothing, nodes, [new ShardRow(0, Other, 3)]));
    }

    [Fact]
    public void Shard_of_a_dead_or_unknown_node_is_claimed()
    {
        NodeRow[] nodes = [Node(Me), Node(Other) with { Status = NodeStatus.Dead }];

        Assert.Equal(
            [new ShardTerm(0, 3), new ShardTerm(1, 4)],
            OwnershipPlan.Claims(Me, Nothing, nodes, [new ShardRow(0, Other, 3), new ShardRow(1, Gone, 4)]));
    }

    [Fact]
    public void Own_shard_is_claimed_again_only_when_its_term_has_ended()
    {
        ShardRow[] shards = [new ShardRow(0, Me, 3), new ShardRow(1, Me, 4)];

        Assert.Equal([new ShardTerm(1, 4)], OwnershipPlan.Claims(Me, new HashSet<ShardTerm> { new(0, 3) }, Nodes, shards));
    }

    [Fact]
    public void Own_shard_held_under_an_older_epoch_is_both_lost_and_claimed()
    {
        HashSet<ShardTerm> held = [new(0, 3)];
        ShardRow[] shards = [new ShardRow(0, Me, 4)];

        Assert.Equal([new ShardTerm(0, 3)], OwnershipPlan.Lost(Me, held, shards));
        Assert.Equal([new ShardTerm(0, 4)], OwnershipPlan.Claims(Me, held, Nodes, shards));
    }

    [Fact]
    public void Held_term_is_lost_when_the_row_names_another_owner_or_none()
    {
        HashSet<ShardTerm> held = [new(0, 3), new(1, 4), new(2, 5)];
        ShardRow[] shards = [new ShardRow(0, Me, 3), new ShardRow(1, Other, 5), new ShardRow(2, null, 5)];

        Assert.Equal([new ShardTerm(1, 4), new ShardTerm(2, 5)], OwnershipPlan.Lost(Me, held, shards).OrderBy(t => t.Shard));
    }

    private static NodeRow Node(Guid incarnation)
    {
        return new NodeRow { Incarnation = incarnation, Name = incarnation.ToString("N"), Advertise = "http://127.0.0.1:8000", Version = "1" };
    }
}
