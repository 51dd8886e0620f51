using System.Net;

namespace Carillon.Web.Tests.Security;

public sealed class AnonymousTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Status = "/api/v1/scheduler/status";
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.7");

    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("127.0.0.1", "LOCALHOST:8000")]
    [InlineData("127.8.8.8", "127.0.0.1:8000")]
    [InlineData("::1", "[::1]:8000")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    public async Task Caller_on_this_machine_needs_no_token(string remote, string host)
    {
        Assert.Equal(HttpStatusCode.OK, await GetAsync(new SecurityOptions(), IPAddress.Parse(remote), ("Host", host)));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Host", "localhost.evil.example")]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-proto", "https")]
    [InlineData("X-Forwarded-Whatever", " ")]
    public async Task Caller_behind_another_name_or_a_proxy_needs_a_token(string header, string value)
    {
        var status = await GetAsync(new SecurityOptions(), IPAddress.Loopback, (header, value));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Caller_from_elsewhere_or_without_an_address_needs_a_token()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(new SecurityOptions(), Elsewhere));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(new SecurityOptions(), remote: null));
    }

    [Fact]
    public async Task Loopback_needs_a_token_too_when_that_is_configured()
    {
        var closed = new SecurityOptions { AllowAnonymousLoopback = false };

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(closed, IPAddress.Loopback));
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData(" ")]
    public async Task Wrong_token_is_not_taken_for_none(string authorization)
    {
        var status = await GetAsync(new SecurityOptions(), IPAddress.Loopback, ("Authorization", authorization));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    private async Task<HttpStatusCode> GetAsync(
        SecurityOptions security, IPAddress? remote, params (string Name, string Value)[] headers)
    {
        await using var host = await WebHost.StartAsync(fixture.Node.Context, security);
        host.Remote = remote;
        using var response = await host.GetAsync(Status, headers);
        return response.StatusCode;
    }
}
