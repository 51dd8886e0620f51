using Carillon.Actors;

namespace Carillon.Web.Tests.Peers;

/// <summary>Two nodes on real ports, under a prefix, by real WebSockets.</summary>
public sealed class PeerTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly PeerOptions Secretive = new() { Secret = Secret };

    [Fact]
    public async Task Actor_of_one_node_asks_an_actor_of_another()
    {
        await using var a = await PeerNode.StartAsync("a", Secretive);
        await using var b = await PeerNode.StartAsync("b", Secretive);
        PeerNode.Introduce(a, b);

        var answer = await a.InboxOf(b).AskAsync<object, Note>(static replyTo => new Greet("Anna", replyTo));

        Assert.Equal("hello Anna", answer.Text);
    }

    [Fact]
    public async Task Nodes_of_one_machine_need_no_secret()
    {
        await using var a = await PeerNode.StartAsync("a");
        await using var b = await PeerNode.StartAsync("b");
        PeerNode.Introduce(a, b);

        var answer = await a.InboxOf(b).AskAsync<object, Note>(static replyTo => new Greet("Anna", replyTo));

        Assert.Equal("hello Anna", answer.Text);
    }

    [Fact]
    public async Task Messages_of_all_sizes_arrive_in_order()
    {
        await using var a = await PeerNode.StartAsync("a", Secretive);
        await using var b = await PeerNode.StartAsync("b", Secretive);
        PeerNode.Introduce(a, b);
        int[] lengths = [0, 1, 125, 126, 65_535, 65_536, 1_000_000, 15_000_000];

        foreach (var (number, length) in lengths.Index())
        {
            Assert.True(a.InboxOf(b).Tell(new Note(number, new string('x', length))));
        }

        var heard = await b.HeardAsync(heard => heard.Count == lengths.Length, "every message");
        Assert.Equal(lengths, heard.Select(static note => note.Text.Length));
        Assert.Equal(Enumerable.Range(0, lengths.Length), heard.Select(static note => note.Number));
    }

    [Fact]
    public async Task Connections_that_break_lose_and_repeat_nothing()
    {
        const int Rounds = 3;
        const int Each = 10_000;
        await using var a = await PeerNode.StartAsync("a", Secretive);
        await using var b = await PeerNode.StartAsync("b", Secretive);
        PeerNode.Introduce(a, b);

        for (var round = 0; round < Rounds; round++)
        {
            var first = round * Each;
            for (var number = first; number < first + Each; number++)
            {
                Assert.True(a.InboxOf(b).Tell(new Note(number)));
            }

            await b.HeardAsync(heard => heard.Count > first, $"the first of round {round}");
            await b.CloseAsync(); // while most of them are on their way
            await b.ListenAsync();
        }

        var heard = await b.HeardAsync(static heard => heard.Count >= Rounds * Each, "all messages");
        Assert.Equal(Enumerable.Range(0, Rounds * Each), heard.Select(static note => note.Number));
    }

    [Fact]
    public async Task Node_with_another_secret_is_neither_let_in_nor_trusted()
    {
        await using var a = await PeerNode.StartAsync("a", Secretive);
        await using var b = await PeerNode.StartAsync("b", new PeerOptions { Secret = Secret + "!" });
        await using var c = await PeerNode.StartAsync("c", Secretive);
        PeerNode.Introduce(a, b, c);

        Assert.True(b.InboxOf(a).Tell(new Note(1)));
        Assert.True(b.InboxOf(a).Tell(new Note(2)));
        Assert.True(c.InboxOf(a).Tell(new Note(3)));
        var heard = await a.HeardAsync(static heard => heard.Count > 0, "what the third node says");

        Assert.Equal([new Note(3)], heard);
    }

    [Fact]
    public async Task Policy_of_the_host_does_not_shut_nodes_out()
    {
        await using var a = await PeerNode.StartAsync("a", Secretive);
        await using var b = await PeerNode.StartAsync("b", Secretive, isGuarded: true);
        PeerNode.Introduce(a, b);

        a.InboxOf(b).Tell(new Note(1));

        Assert.Equal([new Note(1)], await b.HeardAsync(static heard => heard.Count > 0, "the message"));
    }

    [Fact]
    public async Task Certificates_are_trusted_when_the_authority_of_the_cluster_has_issued_them()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("localhost");
        var trusting = Secretive with { Authorities = [authority.Certificate] };
        await using var a = await PeerNode.StartAsync("a", trusting, certificate);
        await using var b = await PeerNode.StartAsync("b", trusting, certificate);
        PeerNode.Introduce(a, b);

        var answer = await a.InboxOf(b).AskAsync<object, Note>(static replyTo => new Greet("Anna", replyTo));

        Assert.Equal("hello Anna", answer.Text);
    }

    [Theory]
    [InlineData(false, "localhost")]
    [InlineData(true, "elsewhere.example")]
    public async Task Certificate_of_another_authority_or_for_another_name_is_refused(bool isOurs, string name)
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority();
        using var certificate = (isOurs ? authority : other).Issue(name);
        await using var b = await PeerNode.StartAsync("b", Secretive, certificate);
        using var network = new PeerNetwork(Secretive with { Authorities = [authority.Certificate] }, static count => new byte[count]);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => network.ConnectAsync(b.Row, Some.HelloTo(b.Row), CancellationToken.None));

        Assert.IsType<System.Security.Authentication.AuthenticationException>(refused.GetBaseException());
    }
}
