namespace Carillon.Cluster.Tests.Membership;

public sealed class BeatWatchTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);
    private static readonly Guid Me = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Other = Guid.Parse("00000000-0000-0000-0000-00000000000b");

    private readonly StepClock _time = new();
    private readonly BeatWatch _watch;

    public BeatWatchTests()
    {
        _watch = new BeatWatch(_time, Lease);
    }

    [Fact]
    public void Beat_that_stood_still_for_a_full_lease_has_expired()
    {
        var node = Node(beat: 5);
        Observe(node);

        _time.Advance(seconds: 5.9);
        Assert.Empty(Observe(node));

        _time.Advance(seconds: 0.2);
        Assert.Equal([node], Observe(node));
    }

    [Fact]
    public void Beat_that_moves_never_expires()
    {
        for (var beat = 0; beat < 20; beat++)
        {
            Assert.Empty(Observe(Node(beat)));
            _time.Advance(seconds: 5.9);
        }
    }

    [Fact]
    public void Lease_that_the_store_still_grants_has_not_expired()
    {
        var node = Node(beat: 5) with { LeaseUntil = StepClock.Start.AddSeconds(10) };
        Observe(node);

        _time.Advance(seconds: 9);
        Assert.Empty(Observe(node));

        _time.Advance(seconds: 1.1);
        Assert.Equal([node], Observe(node));
    }

    [Fact]
    public void Nobody_expires_while_own_renewals_have_not_worked_for_a_full_lease()
    {
        var node = Node(beat: 5);
        Observe(node);

        _time.Advance(seconds: 60); // the store was away for everyone

        Assert.Empty(Observe(node, mayJudge: false));
        Assert.Equal([node], Observe(node));
    }

    [Fact]
    public void Own_beat_and_dead_nodes_are_not_watched()
    {
        var me = Node(beat: 1) with { Incarnation = Me };
        var dead = Node(beat: 1) with { Status = NodeStatus.Dead };
        Observe(me, dead);
        _time.Advance(seconds: 60);

        Assert.Empty(Observe(me, dead));
    }

    [Fact]
    public void Node_that_was_gone_for_a_while_is_watched_afresh()
    {
        var node = Node(beat: 5);
        Observe(node);
        _time.Advance(seconds: 5);
        Observe();
        _time.Advance(seconds: 5);

        Assert.Empty(Observe(node));
    }

    private static NodeRow Node(long beat)
    {
        return new NodeRow { Incarnation = Other, Name = "b", Advertise = "http://127.0.0.1:8001", Version = "1", Beat = beat, LeaseUntil = StepClock.Start };
    }

    private IReadOnlyList<NodeRow> Observe(params NodeRow[] nodes)
    {
        return _watch.Observe(Me, mayJudge: true, nodes);
    }

    private IReadOnlyList<NodeRow> Observe(NodeRow node, bool mayJudge)
    {
        return _watch.Observe(Me, mayJudge, [node]);
    }
}
