using Carillon.Actors;
using Carillon.Testing;

namespace Carillon.Cluster.Tests.Remoting;

public sealed class LaneTests
{
    private RemotingScene _scene = new();

    [Fact]
    public void What_was_sent_on_a_broken_connection_comes_on_the_next_one()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 10);
        _scene.Pass(1);

        _scene.Network.Drop(a.Id, b.Id);
        TellAll(a, b, 10, 20);
        _scene.Pass(1);

        Assert.Equal(Enumerable.Range(0, 20), b.Numbers);
        Assert.Equal(2, a.Port.Connections);
        Assert.Equal([b.Id], a.Lost);
        Assert.Equal([a.Id], b.Lost);
    }

    [Fact]
    public void Repeats_after_a_lost_acknowledgement_are_dropped()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 1);
        _scene.Pass(1);
        _scene.Network.Cut(b.Id, a.Id, bothWays: false);

        TellAll(a, b, 1, 10);
        _scene.Pass(2);
        Assert.Equal(Enumerable.Range(0, 10), b.Numbers);
        _scene.Pass(3);
        _scene.Network.HealAll();
        _scene.Pass(5);

        Assert.Equal(Enumerable.Range(0, 10), b.Numbers);
        Assert.Equal(2, a.Port.Connections);
    }

    [Fact]
    public void Silence_while_something_is_owed_counts_as_lost()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 1);
        _scene.Pass(60);
        Assert.Empty(a.Lost);

        _scene.Network.Cut(a.Id, b.Id);
        TellAll(a, b, 1, 2);
        _scene.Pass(2.9);
        Assert.Empty(a.Lost);
        _scene.Pass(0.2);

        Assert.Equal([b.Id], a.Lost);
    }

    [Fact]
    public void Large_message_on_a_slow_line_is_waited_for()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 1);
        _scene.Pass(1);
        _scene.Network.Delay(a.Id, b.Id, TimeSpan.FromMilliseconds(50), bytesPerSecond: 2_000_000);

        a.InboxOf(b).Tell(new Told(1, new string('x', 15_000_000)));
        _scene.Pass(9);

        Assert.Equal([0, 1], b.Numbers);
        Assert.Empty(a.Lost);
    }

    [Fact]
    public void Bulk_does_not_delay_control()
    {
        var (a, b) = Two();
        _scene.Network.Delay(a.Id, b.Id, TimeSpan.FromMilliseconds(1), bytesPerSecond: 1_000_000);

        a.InboxOf(b).Tell(new Heap(0, new string('x', 3_000_000)));
        TellAll(a, b, 0, 1);
        _scene.Pass(1);
        Assert.Equal([new Told(0)], b.Heard);
        _scene.Pass(10);

        Assert.IsType<Heap>(b.Heard[1]);
    }

    [Fact]
    public void Connecting_is_tried_again_after_growing_waits()
    {
        var a = _scene.Start("a");
        var b = _scene.Start("b");
        _scene.Network.Kill(b.Id);

        TellAll(a, b, 0, 1);
        _scene.Pass(20);

        Assert.Equal(0, a.Port.Connections);
        Assert.InRange(a.Port.Attempts, 20, 50);
    }

    [Fact]
    public void Node_that_cannot_be_reached_is_told_once_in_each_outage()
    {
        var (a, b) = Two();
        var told = new List<int>();
        for (var outage = 0; outage < 2; outage++)
        {
            _scene.Network.Cut(a.Id, b.Id, bothWays: true);
            TellAll(a, b, outage, outage + 1);
            _scene.Pass(30);
            told.Add(_scene.Log.Lines.Count(static l => l.Contains("Node b cannot be reached", StringComparison.Ordinal)));
            _scene.Network.Heal(a.Id, b.Id);
            _scene.Pass(5);
        }

        Assert.Equal([1, 2], told);
        Assert.Equal([0, 1], b.Numbers);
    }

    [Fact]
    public void Node_of_another_cluster_is_refused_for_good()
    {
        var a = _scene.Start("a", static options => options with { Cluster = "other" });
        var b = _scene.Start("b");

        TellAll(a, b, 0, 1);
        _scene.Pass(10);

        Assert.Empty(b.Heard);
        Assert.Equal(1, a.Port.Connections);
        Assert.Equal(1, a.DeadLetters(DeadLetterReason.Stopped));
        Assert.False(a.InboxOf(b).Tell(new Told(1)));
        Assert.Contains("this is cluster 'test', not 'other'", Assert.Single(_scene.Log.Lines, static l => l.Contains("has ended", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void New_life_of_a_node_gets_nothing_that_was_told_to_the_old_one()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 1);
        _scene.Pass(1);
        b.Kill();
        TellAll(a, b, 1, 5);
        var later = _scene.Start("b");
        _scene.Bury(b);
        _scene.Pass(2);

        TellAll(a, later, 100, 101);
        _scene.Pass(5);

        Assert.Equal([0], b.Numbers);
        Assert.Equal([100], later.Numbers);
        Assert.Equal(4, a.DeadLetters(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Connection_meant_for_an_earlier_life_is_refused()
    {
        var (a, b) = Two();
        var hello = new LaneHello(LaneHello.CurrentProtocol, "test", a.Id, "a", a.Id, LanePurpose.Control, 1, 1);

        Assert.StartsWith("this is incarnation", Refusal(b, hello), StringComparison.Ordinal);
        Assert.StartsWith("protocol 2", Refusal(b, hello with { Protocol = 2, To = b.Id }), StringComparison.Ordinal);
        Assert.StartsWith("there is no lane", Refusal(b, hello with { Purpose = (LanePurpose)7, To = b.Id }), StringComparison.Ordinal);
        Assert.StartsWith("there is no message", Refusal(b, hello with { First = 0, To = b.Id }), StringComparison.Ordinal);
    }

    [Fact]
    public void Dead_node_is_refused()
    {
        var (a, b) = Two();
        _scene.Bury(a);

        var hello = new LaneHello(LaneHello.CurrentProtocol, "test", a.Id, "a", b.Id, LanePurpose.Control, 1, 1);

        Assert.EndsWith("is dead", Refusal(b, hello), StringComparison.Ordinal);
    }

    [Fact]
    public void Lane_that_begins_again_after_its_peer_was_forgotten_loses_nothing()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 3);
        _scene.Pass(1);
        var row = a.Directory.Nodes[b.Id];
        a.Directory.Replace([]);
        _scene.Pass(2);
        a.Directory.Replace([row]);

        TellAll(a, b, 3, 6);
        _scene.Pass(1);

        Assert.Equal(Enumerable.Range(0, 6), b.Numbers);
    }

    [Fact]
    public void Stopped_system_closes_its_connections_and_takes_nothing_more()
    {
        var (a, b) = Two();
        TellAll(a, b, 0, 1);
        _scene.Pass(1);
        var inbox = a.InboxOf(b);

        a.Kill();

        Assert.True(a.IsStopped);
        Assert.False(inbox.Tell(new Told(1)));
        _scene.Pass(1);
        Assert.Equal([0], b.Numbers);
    }

    /// <summary>
    /// What must hold whatever the network does: a message arrives once and in order, or Tell says false; and to a new
    /// life of a node nothing comes that was meant for the old one.
    /// </summary>
    [Fact]
    public void Every_message_arrives_once_and_in_order_whatever_the_network_does()
    {
        var breaks = 0L;
        for (var seed = 1; seed <= InputCount.Or(150); seed++)
        {
            _scene = new RemotingScene(seed);
            breaks += RandomLane.Run(_scene, seed);
        }

        Assert.True(breaks > 50, $"only {breaks} connections broke: the network was too kind");
    }

    private string Refusal(RemotingNode node, LaneHello hello)
    {
        using var connection = new NotingConnection();
        _scene.Dispatcher.Post(() => _ = node.Actors.AcceptAsync(hello, connection));
        _scene.Dispatcher.RunUntilIdle();
        var frame = Assert.Single(connection.Sent);
        Assert.Equal(4, frame[0]);
        return System.Text.Encoding.UTF8.GetString(frame[1..]);
    }

    private static void TellAll(RemotingNode from, RemotingNode to, int first, int until)
    {
        for (var number = first; number < until; number++)
        {
            Assert.True(from.InboxOf(to).Tell(new Told(number)));
        }
    }

    private (RemotingNode A, RemotingNode B) Two()
    {
        return (_scene.Start("a"), _scene.Start("b"));
    }
}
