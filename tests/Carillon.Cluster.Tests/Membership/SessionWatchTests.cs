namespace Carillon.Cluster.Tests.Membership;

public sealed class SessionWatchTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    private readonly StepClock _time = new();
    private readonly SessionWatch _watch;

    public SessionWatchTests()
    {
        _watch = new SessionWatch(_time, Lease);
    }

    [Fact]
    public void Node_without_a_session_has_crashed_when_it_was_looked_at_twice()
    {
        var node = Node(beat: 5);
        Assert.Empty(Observe(node, Without()));
        Assert.True(_watch.LooksAgainSoon);

        _time.Advance(seconds: 0.2);
        Assert.Empty(Observe(node, Without()));

        _time.Advance(seconds: 0.05);
        Assert.Equal([node], Observe(node, Without()));
        Assert.False(_watch.LooksAgainSoon);
    }

    [Fact]
    public void Node_with_a_session_has_not_crashed()
    {
        Assert.Empty(Observe(Node(beat: 5), With()));
        Assert.False(_watch.LooksAgainSoon);
    }

    [Fact]
    public void Node_that_came_back_between_two_looks_is_looked_at_afresh()
    {
        var node = Node(beat: 5);
        Observe(node, Without());
        _time.Advance(seconds: 1);
        Observe(node, With());
        _time.Advance(seconds: 1);

        Assert.Empty(Observe(node, Without()));
    }

    [Fact]
    public void Node_that_beat_between_two_looks_is_looked_at_afresh()
    {
        Observe(Node(beat: 5), Without());
        _time.Advance(seconds: 1);

        Assert.Empty(Observe(Node(beat: 6), Without()));
        Assert.True(_watch.LooksAgainSoon);
    }

    [Fact]
    public void Reading_in_doubt_proves_nothing_and_undoes_what_was_seen_before()
    {
        var node = Node(beat: 5);
        Observe(node, Without());
        _time.Advance(seconds: 1);

        Assert.Empty(Observe(node, Without() with { Doubt = "a pooler" }));
        Assert.False(_watch.LooksAgainSoon);
        Assert.Empty(Observe(node, Without()));
    }

    [Fact]
    public void Reader_whose_own_sessions_are_younger_than_a_lease_proves_nothing()
    {
        var node = Node(beat: 5);
        var young = Without() with { OwnAge = Lease - TimeSpan.FromTicks(1) };
        Observe(node, young);
        _time.Advance(seconds: 1);

        Assert.Empty(Observe(node, young));
        Assert.False(_watch.LooksAgainSoon);
    }

    [Fact]
    public void Round_without_a_reading_undoes_what_was_seen_before()
    {
        var node = Node(beat: 5);
        Observe(node, Without());
        _time.Advance(seconds: 1);
        Observe(node, sessions: null);
        _time.Advance(seconds: 1);

        Assert.Empty(Observe(node, Without()));
    }

    private static NodeRow Node(long beat)
    {
        return new NodeRow { Incarnation = Other, Name = "b", Advertise = "http://127.0.0.1:8001", Version = "1", Beat = beat };
    }

    private static SessionReading Without()
    {
        return new SessionReading(new HashSet<Guid>(), OwnAge: Lease, Doubt: null);
    }

    private static SessionReading With()
    {
        return Without() with { Incarnations = new HashSet<Guid> { Other } };
    }

    private IReadOnlyList<NodeRow> Observe(NodeRow node, SessionReading? sessions)
    {
        return _watch.Observe([node], sessions);
    }
}
