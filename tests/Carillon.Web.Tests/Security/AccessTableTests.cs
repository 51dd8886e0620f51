using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;

namespace Carillon.Web.Tests.Security;

/// <summary>Every endpoint × every kind of caller: what docs/security.md shows is what happens.</summary>
public sealed class AccessTableTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Any = "any";
    private const string Begin = "<!-- table of endpoints: begin -->";
    private const string End = "<!-- table of endpoints: end -->";
    private static readonly IPAddress Elsewhere = IPAddress.Parse("192.0.2.7");

    private static readonly SecurityOptions Security = new()
    {
        Tokens = [.. Enum.GetValues<Role>().Select(static role =>
            new TokenOptions { Name = $"{role}", Role = role, Hash = AccessToken.Hash($"{role}-token") })],
    };

    [Fact]
    public async Task Table_in_the_documentation_is_the_one_of_the_endpoints()
    {
        await using var host = await StartAsync();
        var table = Table(host);
        var path = Path.Combine(Repository(), "docs", "security.md");
        var text = await File.ReadAllTextAsync(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, $"docs/security.md lacks the lines '{Begin}' and '{End}'");

        var documented = text[(from + Begin.Length)..to].Trim();

        Assert.True(
            string.Equals(documented, table, StringComparison.Ordinal),
            $"docs/security.md is out of date; between '{Begin}' and '{End}' must stand:\n{table}");
    }

    [Fact]
    public async Task Each_caller_gets_what_the_table_says_from_each_endpoint()
    {
        await using var host = await StartAsync();
        foreach (var (endpoint, method) in Endpoints(host))
        {
            var required = endpoint.Metadata.GetRequiredMetadata<EndpointAccess>().Role;
            await ExpectAsync(host, endpoint, method, token: null, required is null);
            await ExpectAsync(host, endpoint, method, "wrong-token", required is null);
            foreach (var role in Enum.GetValues<Role>())
            {
                await ExpectAsync(host, endpoint, method, $"{role}-token", required is null || role >= required);
            }
        }
    }

    [Fact]
    public async Task Foreign_origin_changes_nothing_at_any_endpoint_even_with_an_admins_token()
    {
        await using var host = await StartAsync();
        foreach (var (endpoint, method) in Endpoints(host).Where(static e => !e.Method.Equals("GET", StringComparison.Ordinal)))
        {
            var foreign = ("Sec-Fetch-Site", "cross-site");
            using var response = await SendAsync(host, endpoint, method, "Admin-token", foreign);
            var what = $"{method} {Pattern(endpoint)}: {response.StatusCode}";
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, what);
        }
    }

    private async Task<WebHost> StartAsync()
    {
        var host = await WebHost.StartAsync(fixture.Node.Context, Security);
        host.Remote = Elsewhere;
        return host;
    }

    private static async Task ExpectAsync(
        WebHost host, RouteEndpoint endpoint, string method, string? token, bool allowed)
    {
        using var response = await SendAsync(host, endpoint, method, token);
        var refused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        Assert.True(refused != allowed, $"{method} {Pattern(endpoint)} with token '{token}': {response.StatusCode}");
        if (!allowed && token is null or "wrong-token")
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer realm=\"carillon\"", response.Headers.WwwAuthenticate.ToString());
        }
    }

    private static Task<HttpResponseMessage> SendAsync(
        WebHost host, RouteEndpoint endpoint, string method, string? token, params (string, string)[] headers)
    {
        var path = Pattern(endpoint)
            .Replace("{id}", "no-such-job", StringComparison.Ordinal)
            .Replace("{execution}", "no-such-execution", StringComparison.Ordinal)
            .Replace("{operation}", "no-such-operation", StringComparison.Ordinal)
            .Replace("{**rest}", "no/such/path", StringComparison.Ordinal);
        var sent = new HttpMethod(method.Equals(Any, StringComparison.Ordinal) ? "POST" : method);
        var body = sent == HttpMethod.Post || sent == HttpMethod.Put ? "{}" : null;
        return token is null
            ? host.SendAsync(sent, path, body, headers)
            : host.SendAsync(sent, path, body, [.. headers, ("Authorization", $"Bearer {token}")]);
    }

    private static IEnumerable<(RouteEndpoint Endpoint, string Method)> Endpoints(WebHost host)
    {
        return host.Endpoints.SelectMany(static endpoint =>
            endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => (endpoint, method))
            ?? [(endpoint, Any)]);
    }

    private static string Pattern(RouteEndpoint endpoint)
    {
        return endpoint.RoutePattern.RawText is { Length: > 0 } text ? text : "/";
    }

    private static string Table(WebHost host)
    {
        var table = new StringBuilder("| method | path | viewer | operator | admin | without a token |\n");
        table.Append("|---|---|---|---|---|---|\n");
        var lines = Endpoints(host)
            .OrderBy(static e => Pattern(e.Endpoint), StringComparer.Ordinal)
            .ThenBy(static e => e.Method, StringComparer.Ordinal)
            .Select(static e => Line(e.Endpoint, e.Method));
        return table.AppendJoin('\n', lines).ToString();
    }

    private static string Line(RouteEndpoint endpoint, string method)
    {
        var required = endpoint.Metadata.GetRequiredMetadata<EndpointAccess>().Role;
        var cells = Enum.GetValues<Role>().Select(role => required is null || role >= required ? "yes" : "–");
        return $"| {method} | `{Pattern(endpoint)}` | {string.Join(" | ", cells)} | {(required is null ? "yes" : "–")} |";
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Cluster.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("no Cluster.sln above the test");
    }
}
