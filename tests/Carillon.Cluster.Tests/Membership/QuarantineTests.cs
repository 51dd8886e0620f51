namespace Carillon.Cluster.Tests.Membership;

public sealed class QuarantineTests
{
    private static readonly DateTimeOffset TakenAt = StepClock.Start;
    private static readonly Guid Living = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Dead = Guid.Parse("00000000-0000-0000-0000-00000000000b");
    private static readonly NodeRow[] Nodes = [Node(Living), Node(Dead) with { Status = NodeStatus.Dead }];

    [Theory]
    [InlineData(5, 1, false)]
    [InlineData(6, 0, true)]
    [InlineData(6, 59.9, true)]
    [InlineData(6, 60, false)]
    [InlineData(9, 59.9, true)]
    public void Shard_is_in_quarantine_for_a_minute_after_it_was_taken_the_sixth_time(
        int adopted, double seconds, bool isQuarantined)
    {
        Assert.Equal(isQuarantined ? [0] : [], Of(Shard(0, Dead, adopted), Shard(1, Living, 0), seconds));
    }

    [Fact]
    public void Shard_that_a_living_node_has_is_not_in_quarantine()
    {
        Assert.Empty(Of(Shard(0, Living, 9), Shard(1, Living, 0)));
    }

    [Fact]
    public void Shard_of_a_node_that_no_row_names_any_more_is_in_quarantine()
    {
        Assert.Equal([0], Of(Shard(0, Guid.NewGuid(), 6), Shard(1, Living, 0)));
    }

    [Fact]
    public void Nothing_is_in_quarantine_when_more_than_half_of_the_shards_would_be()
    {
        ShardRow[] shards = [Shard(0, Dead, 6), Shard(1, Dead, 6), Shard(2, Living, 0)];

        Assert.Empty(Quarantine.Of(Nodes, shards, TakenAt));
        Assert.Equal([0, 1], Quarantine.Of(Nodes, [.. shards, Shard(3, Living, 0)], TakenAt).Order());
    }

    private static IReadOnlySet<int> Of(ShardRow first, ShardRow second, double seconds = 0)
    {
        return Quarantine.Of(Nodes, [first, second], TakenAt.AddSeconds(seconds));
    }

    private static ShardRow Shard(int id, Guid owner, int adopted)
    {
        return new ShardRow(id, owner, 3) { Adopted = adopted, TakenAt = TakenAt };
    }

    private static NodeRow Node(Guid incarnation)
    {
        return new NodeRow { Incarnation = incarnation, Name = incarnation.ToString("N"), Advertise = "-", Version = "1" };
    }
}
