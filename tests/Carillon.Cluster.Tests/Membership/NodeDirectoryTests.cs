namespace Carillon.Cluster.Tests.Membership;

public sealed class NodeDirectoryTests
{
    private static readonly DateTimeOffset Now = StepClock.Start;
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    [Theory]
    [InlineData(NodeStatus.Up, -60, false)] // silent, but nobody has declared it dead
    [InlineData(NodeStatus.Leaving, -60, false)]
    [InlineData(NodeStatus.Dead, 1, false)] // dead early, by the evidence of a crash; its code may still run
    [InlineData(NodeStatus.Dead, 0, true)]
    [InlineData(NodeStatus.Dead, -60, true)]
    public void Runs_of_a_node_are_past_when_it_is_dead_and_its_lease_is_over(NodeStatus status, double leaseSeconds, bool isPast)
    {
        var directory = new NodeDirectory();
        directory.Replace([new NodeRow { Incarnation = Other, Name = "b", Advertise = "-", Version = "1", Status = status, LeaseUntil = Now.AddSeconds(leaseSeconds) }]);

        Assert.Equal(isPast, directory.IsPast(Other, Now));
    }

    [Fact]
    public void Runs_of_a_node_that_no_row_names_any_more_are_past()
    {
        Assert.True(new NodeDirectory().IsPast(Other, Now));
    }
}
