using Carillon.Actors;

namespace Carillon.Cluster.Tests.Remoting;

public sealed class RemoteActorsTests
{
    private readonly RemotingScene _scene = new();

    [Fact]
    public void Message_told_to_an_actor_of_another_node_arrives()
    {
        var (a, b) = Two();

        Assert.True(a.InboxOf(b).Tell(new Told(1, "grüß dich \"\\ \u2028 😀")));
        _scene.Pass(1);

        Assert.Equal([new Told(1, "grüß dich \"\\ \u2028 😀")], b.Heard);
    }

    [Fact]
    public void Messages_of_one_lane_arrive_in_the_order_in_which_they_were_told()
    {
        var (a, b) = Two();

        foreach (var number in Enumerable.Range(0, 10_000))
        {
            Assert.True(a.InboxOf(b).Tell(new Told(number)));
        }

        _scene.Pass(1);

        Assert.Equal(Enumerable.Range(0, 10_000), b.Numbers);
        Assert.Equal(1, a.Port.Connections);
    }

    [Fact]
    public void Ask_gets_its_answer_from_the_other_node()
    {
        var (a, b) = Two();

        var asked = Ask(a.InboxOf(b));
        _scene.Pass(1);

        Assert.Equal("who?!", Answer(asked));
    }

    [Fact]
    public void Address_of_an_ask_is_forgotten_with_its_answer()
    {
        var (a, b) = Two();

        _ = Ask(a.InboxOf(b));
        _scene.Pass(0.001);
        Assert.Equal(1, a.Actors.ExportCount);
        _scene.Pass(1);

        Assert.Equal(0, a.Actors.ExportCount);
    }

    [Fact]
    public void Own_node_leads_to_the_actor_itself()
    {
        var (a, _) = Two();

        Assert.Same(a.Local, a.InboxOf(a));
    }

    [Fact]
    public void Reference_that_comes_home_is_the_actor_itself()
    {
        var (a, b) = Two();
        var mine = a.Spawn("mine", new List<Told>());

        a.InboxOf(b).Tell(new Subscribe(mine));
        _scene.Pass(1);
        b.InboxOf(a).Tell(new Subscribe(b.Heard.OfType<Subscribe>().Single().ReplyTo));
        _scene.Pass(1);

        Assert.Same(mine, a.Heard.OfType<Subscribe>().Single().ReplyTo);
    }

    [Fact]
    public void Reference_to_a_third_node_leads_there()
    {
        var (a, b) = Two();
        var c = _scene.Start("c");
        List<Told> heard = [];

        a.InboxOf(b).Tell(new Subscribe(a.Spawn("mine", heard)));
        _scene.Pass(1);
        b.InboxOf(c).Tell(b.Heard.OfType<Subscribe>().Single());
        _scene.Pass(1);
        c.Heard.OfType<Subscribe>().Single().ReplyTo.Tell(new Told(7));
        _scene.Pass(1);

        Assert.Equal([new Told(7)], heard);
    }

    [Fact]
    public void Same_actor_travels_under_the_same_number()
    {
        var (a, b) = Two();
        var mine = a.Spawn("mine", new List<Told>());

        a.InboxOf(b).Tell(new Subscribe(mine));
        a.InboxOf(b).Tell(new Subscribe(mine));
        _scene.Pass(1);

        Assert.Equal(b.Heard[0], b.Heard[1]);
        Assert.Equal(1, a.Actors.ExportCount);
    }

    [Fact]
    public void Actor_that_is_not_used_for_a_time_is_not_known_any_more()
    {
        var (a, b) = Two();
        List<Told> heard = [];
        a.InboxOf(b).Tell(new Subscribe(a.Spawn("mine", heard)));
        _scene.Pass(1);
        var there = b.Heard.OfType<Subscribe>().Single().ReplyTo;

        for (var round = 0; round < 10; round++)
        {
            there.Tell(new Told(round));
            _scene.Pass(59);
        }

        _scene.Pass(62);
        there.Tell(new Told(99));
        _scene.Pass(1);

        Assert.Equal(Enumerable.Range(0, 10), heard.Select(static t => t.Number));
        Assert.Equal(1, a.DeadLetters(DeadLetterReason.NoRecipient));
    }

    [Fact]
    public void Tell_says_false_when_as_many_actors_are_known_as_may_be()
    {
        var a = _scene.Start("a", static options => options with { Exports = 2 });
        var b = _scene.Start("b");

        var told = Enumerable.Range(0, 3).Select(i => a.InboxOf(b).Tell(new Subscribe(a.Spawn($"mine{i}", new List<Told>()))));

        Assert.Equal([true, true, false], told);
        Assert.Single(_scene.Log.Errors);
    }

    [Fact]
    public void Message_inside_a_delivery_to_a_shard_keeps_its_type()
    {
        var (a, b) = Two();
        b.Actors.Publish("region", b.Local, ClusterMessages.ToRegion);

        a.Actors.Find(b.Id, "region").Tell(new ToJobs(5, new Told(3)));
        _scene.Pass(1);

        Assert.Equal([new ToJobs(5, new Told(3))], b.Heard);
    }

    [Fact]
    public void Unlisted_message_is_not_sent_and_says_so()
    {
        var (a, b) = Two();

        Assert.False(a.InboxOf(b).Tell(new Unlisted(1)));

        Assert.Contains(nameof(Unlisted), Assert.Single(_scene.Log.Errors), StringComparison.Ordinal);
        Assert.Equal(1, a.DeadLetters(DeadLetterReason.NoRecipient));
    }

    [Fact]
    public void Message_that_the_actor_does_not_take_is_a_dead_letter_there()
    {
        var (a, b) = Two();

        Assert.True(a.InboxOf(b).Tell(new Answer("unasked")));
        Assert.True(a.Actors.Find(b.Id, "nobody").Tell(new Told(1)));
        _scene.Pass(1);

        Assert.Empty(b.Heard);
        Assert.Equal(2, b.DeadLetters(DeadLetterReason.NoRecipient));
    }

    [Fact]
    public void Message_larger_than_a_frame_is_not_sent()
    {
        var (a, b) = Two();

        Assert.False(a.InboxOf(b).Tell(new Told(1, new string('x', LaneFrame.MaxLength))));
        Assert.True(a.InboxOf(b).Tell(new Told(2, new string('x', LaneFrame.MaxLength - 100))));
        Assert.True(a.InboxOf(b).Tell(new Told(3)));
        _scene.Pass(1);

        Assert.Equal([2, 3], b.Numbers);
        Assert.Single(_scene.Log.Errors);
    }

    [Fact]
    public void Tell_says_false_when_too_much_waits()
    {
        var a = _scene.Start("a", static options => options with { LaneMessages = 10 });
        var b = _scene.Start("b");
        _scene.Network.Cut(a.Id, b.Id);

        var told = Enumerable.Range(0, 12).Select(number => a.InboxOf(b).Tell(new Told(number))).ToArray();
        _scene.Network.HealAll();
        _scene.Pass(5);

        Assert.Equal([.. Enumerable.Repeat(true, 10), false, false], told);
        Assert.Equal(Enumerable.Range(0, 10), b.Numbers);
        Assert.Equal(2, a.DeadLetters(DeadLetterReason.MailboxFull));
    }

    [Fact]
    public void Tell_says_false_when_the_bytes_that_wait_are_too_many()
    {
        var a = _scene.Start("a", static options => options with { LaneBytes = 10_000 });
        var b = _scene.Start("b");
        _scene.Network.Cut(a.Id, b.Id);

        Assert.True(a.InboxOf(b).Tell(new Told(1, new string('x', 9_000))));
        Assert.False(a.InboxOf(b).Tell(new Told(2, new string('x', 2_000))));
        Assert.True(a.InboxOf(b).Tell(new Told(3)));
    }

    [Fact]
    public void Tell_to_a_node_that_nobody_knows_says_false()
    {
        var (a, _) = Two();

        Assert.False(a.Actors.Find(new Guid(1, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]), RemotingNode.Inbox).Tell(new Told(1)));
        Assert.Equal(1, a.DeadLetters(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Tell_to_a_dead_node_says_false_and_what_waits_are_dead_letters()
    {
        var (a, b) = Two();
        _scene.Network.Cut(a.Id, b.Id);
        a.InboxOf(b).Tell(new Told(1));
        a.InboxOf(b).Tell(new Told(2));

        _scene.Bury(b);
        _scene.Pass(2);

        Assert.Equal(2, a.DeadLetters(DeadLetterReason.Stopped));
        Assert.False(a.InboxOf(b).Tell(new Told(3)));
    }

    [Fact]
    public void Node_that_is_not_in_the_directory_yet_gets_its_answers()
    {
        var a = _scene.Start("a");
        var b = _scene.Start("b", joins: false);
        b.Directory.Replace([new NodeRow { Incarnation = a.Id, Name = "a", Advertise = "http://a", Version = "1" }]);

        var asked = Ask(b.InboxOf(a));
        _scene.Pass(0.4);
        Assert.False(asked.IsCompleted);
        _scene.Join(b);
        _scene.Pass(2);

        Assert.Equal("who?!", Answer(asked));
    }

    private (RemotingNode A, RemotingNode B) Two()
    {
        return (_scene.Start("a"), _scene.Start("b"));
    }

    private Task<Answer> Ask(IActorRef<object> actor)
    {
        Task<Answer> asked = null!;
        _scene.Dispatcher.Post(() => asked = actor.AskAsync<object, Answer>(static replyTo => new Question("who?", replyTo)));
        _scene.Dispatcher.RunUntilIdle();
        return asked;
    }

    private static string Answer(Task<Answer> asked)
    {
        Assert.True(asked.IsCompletedSuccessfully, "there is no answer");
#pragma warning disable VSTHRD002, xUnit1031 // The task has completed.
        return asked.Result.Text;
#pragma warning restore VSTHRD002, xUnit1031
    }
}
