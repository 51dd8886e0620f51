namespace Carillon.Cluster.Tests.Membership;

public sealed class StableWindowTests
{
    private readonly StepClock _time = new();
    private readonly StableWindow _window;

    public StableWindowTests()
    {
        _window = new StableWindow(_time);
    }

    [Fact]
    public void Nodes_are_stable_when_they_have_been_the_same_for_five_seconds()
    {
        Assert.False(_window.Observe([Node(1), Node(2)]));

        _time.Advance(seconds: 4.9);
        Assert.False(_window.Observe([Node(2), Node(1)]));

        _time.Advance(seconds: 0.1);
        Assert.True(_window.Observe([Node(1), Node(2)]));
    }

    [Theory]
    [InlineData(NodeStatus.Leaving)]
    [InlineData(NodeStatus.Dead)]
    [InlineData(NodeStatus.Joining)]
    public void Node_that_is_not_up_any_more_begins_the_window_anew(NodeStatus status)
    {
        _window.Observe([Node(1), Node(2)]);
        _time.Advance(seconds: 5);

        Assert.False(_window.Observe([Node(1), Node(2) with { Status = status }]));

        _time.Advance(seconds: 5);
        Assert.True(_window.Observe([Node(1), Node(2) with { Status = status }]));
    }

    [Fact]
    public void Next_life_of_a_node_begins_the_window_anew()
    {
        _window.Observe([Node(1), Node(2)]);
        _time.Advance(seconds: 5);

        Assert.False(_window.Observe([Node(1), Node(3) with { Name = Node(2).Name }]));
    }

    [Fact]
    public void Nobody_up_is_never_stable()
    {
        _window.Observe([]);
        _time.Advance(seconds: 60);

        Assert.False(_window.Observe([]));
    }

    private static NodeRow Node(byte number)
    {
        var incarnation = new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return new NodeRow { Incarnation = incarnation, Name = incarnation.ToString("N"), Advertise = "-", Version = "1" };
    }
}
