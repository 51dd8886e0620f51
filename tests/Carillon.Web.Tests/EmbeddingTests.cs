using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Carillon.Web.Tests;

public sealed class EmbeddingTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Jobs = "/ops/carillon/api/v1/scheduler/jobs";

    private static readonly string[] Paths =
    [
        "/health/live", "/health", "/metrics", "/openapi/v1.json", "/scheduler-monitoring", "/api/v1/scheduler/status",
    ];

    [Fact]
    public async Task Everything_is_below_the_prefix_and_nothing_beside_it()
    {
        await using var host = await WebHost.StartAsync(
            fixture.Node.Context, map: static app => app.MapCarillonWeb("/ops/carillon"));

        foreach (var path in Paths)
        {
            using var inside = await host.GetAsync("/ops/carillon" + path);
            using var beside = await host.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (inside.StatusCode, beside.StatusCode));
        }

        var summary = await host.DataAsync(HttpMethod.Get, "/ops/carillon/api/v1/scheduler/metrics/summary");
        Assert.Equal("/ops/carillon/metrics", summary.GetProperty("endpoint").GetString());
    }

    [Theory]
    [InlineData("ops")]
    [InlineData("/ops/")]
    [InlineData("/")]
    public async Task Prefix_that_is_no_path_is_refused(string prefix)
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => WebHost.StartAsync(fixture.Node.Context, map: app => app.MapCarillonWeb(prefix)));
    }

    [Fact]
    public async Task Policy_of_the_host_decides_in_place_of_tokens()
    {
        await using var host = await WebHost.StartAsync(
            fixture.Node.Context,
            new SecurityOptions { AllowAnonymousLoopback = false },
            static app =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapCarillonWeb("/ops/carillon").RequireAuthorization("ops");
            },
            static services =>
            {
                services.AddAuthentication("header")
                    .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("header", null);
                services.AddAuthorization(static options =>
                    options.AddPolicy("ops", static policy => policy.RequireUserName("olga")));
            });

        using var nobody = await host.GetAsync(Jobs);
        using var other = await host.GetAsync(Jobs, ("X-User", "otto"));
        using var olga = await host.GetAsync(Jobs, ("X-User", "olga"));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK),
            (nobody.StatusCode, other.StatusCode, olga.StatusCode));

        const string Body = """{"id":"hosted","run":{"type":"class","class":"ok"}}""";
        using var created = await host.SendAsync(HttpMethod.Post, Jobs, Body, ("X-User", "olga"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var paused = await host.SendAsync(HttpMethod.Post, $"{Jobs}/hosted/pause", "{}", ("X-User", "olga"));
        Assert.Contains("\"author\":\"olga\"", await paused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var foreign = await host.SendAsync(
            HttpMethod.Delete, $"{Jobs}/hosted", null, ("X-User", "olga"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task Host_that_writes_json_in_its_own_way_changes_nothing_here()
    {
        await using var host = await WebHost.StartAsync(
            fixture.Node.Context,
            services: static services => services.ConfigureHttpJsonOptions(
                static options => options.SerializerOptions.PropertyNamingPolicy = null));

        var status = await host.DataAsync(HttpMethod.Get, "/api/v1/scheduler/status");

        Assert.True(status.TryGetProperty("uptime_seconds", out _));
    }

    private sealed class HeaderAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"].ToString() is not { Length: > 0 } name)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name)));
        }
    }
}
