using System.Buffers.Text;
using System.Net;
using System.Text;
using Carillon.Cluster;

namespace Carillon.Web.Tests.Peers;

/// <summary>What the endpoint of other nodes answers to whoever is none.</summary>
public sealed class PeerRequestTests
{
    private const string Path = "/peers/v1";
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.7");

    [Fact]
    public async Task Request_that_is_no_websocket_is_told_so()
    {
        await using var host = await WebHost.StartAsync(node: null);

        await host.ProblemAsync(HttpMethod.Get, Path, null, HttpStatusCode.UpgradeRequired);
        using var response = await host.GetAsync(Path);

        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
    }

    [Fact]
    public async Task Websocket_before_the_node_is_there_is_asked_to_come_again()
    {
        await using var host = await WebHost.StartAsync(node: null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host));
    }

    [Fact]
    public async Task Websocket_without_a_greeting_is_refused()
    {
        await using var peer = await PeerNode.StartAsync("a");
        await using var host = await HostAsync(peer, new PeerOptions());

        foreach (var greeting in (string?[])[null, "", "nonsense", "!!!", Encoded("{}"), Encoded("null"), Encoded("[]"), Encoded(new string('[', 2_000)), new string('x', 5_000)])
        {
            Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, (PeerGreeting.Header, greeting)));
        }
    }

    [Fact]
    public async Task Greeting_without_its_proof_is_refused()
    {
        await using var peer = await PeerNode.StartAsync("a");
        await using var host = await HostAsync(peer, new PeerOptions { Secret = Secret });
        var greeting = new PeerGreeting(Some.HelloTo(peer.Row), "once").ToString();
        var other = new PeerGreeting(Some.HelloTo(peer.Row) with { Purpose = LanePurpose.Bulk }, "once").ToString();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, (PeerGreeting.Header, greeting)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, (PeerGreeting.Header, greeting), (PeerGreeting.ProofHeader, Secret)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, (PeerGreeting.Header, greeting), (PeerGreeting.ProofHeader, PeerProof.OfGreeting(Secret, other))));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, (PeerGreeting.Header, greeting), (PeerGreeting.ProofHeader, PeerProof.OfAnswer(Secret, greeting))));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusAsync(host, (PeerGreeting.Header, greeting), (PeerGreeting.ProofHeader, PeerProof.OfGreeting(Secret, greeting))));
    }

    [Fact]
    public async Task Without_a_secret_only_this_machine_is_let_in()
    {
        await using var peer = await PeerNode.StartAsync("a");
        await using var host = await HostAsync(peer, new PeerOptions());
        var greeting = (PeerGreeting.Header, new PeerGreeting(Some.HelloTo(peer.Row), "once").ToString());

        Assert.Equal(HttpStatusCode.SwitchingProtocols, await StatusAsync(host, greeting));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, greeting, ("X-Forwarded-For", "192.0.2.1")));
        host.Remote = Elsewhere;
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, greeting));
    }

    [Fact]
    public async Task Page_in_a_browser_is_refused()
    {
        await using var peer = await PeerNode.StartAsync("a");
        await using var host = await HostAsync(peer, new PeerOptions());
        var greeting = (PeerGreeting.Header, new PeerGreeting(Some.HelloTo(peer.Row), "once").ToString());

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, greeting, ("Origin", "http://localhost")));
    }

    [Fact]
    public async Task Other_machines_are_not_called_without_a_secret()
    {
        using var network = new PeerNetwork(new PeerOptions(), static count => new byte[count]);
        var elsewhere = new NodeRow { Incarnation = Guid.Empty, Name = "b", Advertise = "http://192.0.2.7:8000", Version = "1" };

        var refused = await Assert.ThrowsAsync<System.Security.Authentication.AuthenticationException>(
            () => network.ConnectAsync(elsewhere, Some.HelloTo(elsewhere), CancellationToken.None));

        Assert.Contains("carillon.cluster.secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.1:8000", "ws://10.0.0.1:8000/peers/v1")]
    [InlineData("https://node.example/", "wss://node.example/peers/v1")]
    [InlineData("HTTPS://node.example:8443/ops/carillon/", "wss://node.example:8443/ops/carillon/peers/v1")]
    [InlineData("http://[::1]:8000/x", "ws://[::1]:8000/x/peers/v1")]
    public void Address_follows_from_the_base_url(string advertise, string expected)
    {
        Assert.Equal(expected, PeerNetwork.AddressOf(advertise).AbsoluteUri);
    }

    private static string Encoded(string json)
    {
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private static async Task<WebHost> HostAsync(PeerNode peer, PeerOptions options)
    {
        var host = await WebHost.StartAsync(node: null);
        host.Holder.PeerOptions = options;
        host.Holder.Peers = peer.Actors;
        return host;
    }

    /// <summary>The status that a WebSocket is answered with.</summary>
    private static async Task<HttpStatusCode> StatusAsync(WebHost host, params (string Name, string? Value)[] headers)
    {
        var client = host.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            foreach (var (name, value) in headers.Where(static header => header.Value is not null))
            {
                request.Headers[name] = value;
            }
        };
        try
        {
            using var socket = await client.ConnectAsync(new Uri($"ws://localhost{Path}"), CancellationToken.None);
            return HttpStatusCode.SwitchingProtocols;
        }
        catch (InvalidOperationException refused)
        {
            var status = refused.Message.Split(' ')[^1].TrimEnd('.');
            return Enum.Parse<HttpStatusCode>(status);
        }
    }
}
