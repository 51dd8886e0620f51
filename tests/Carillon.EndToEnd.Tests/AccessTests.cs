using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>Who may do what, over HTTP, and what a node refuses to start with.</summary>
[Collection(ProcessTests.Name)]
public sealed partial class AccessTests(StoreServers servers)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly string Declared =
        $$"""
        carillon {
          security.tokens = [
            { name = reader, role = viewer, hash = "{{Hash("viewer")}}" }
            { name = runner, role = operator, hash = "{{Hash("operator")}}" }
            { name = owner, role = admin, hash = "{{Hash("admin")}}" }
          ]
          jobs = [ { id = idle, run { type = class, class = sample-tick } } ]
        }
        """;

    [Fact]
    public async Task Node_that_others_reach_starts_only_with_the_lines_that_its_refusal_prints()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.PostgreSql);
        var beyond = $$"""carillon.node { urls = "http://0.0.0.0:{{home.Port}}", advertise = "{{home.Address}}" }""";
        home.Write(beyond);
        await using var refused = NodeProcess.Launch(home);
        Assert.Equal(2, await refused.Process.ExitAsync(Limit));
        var lines = refused.Process.Errors.Lines.Where(static line => line.StartsWith("carillon.", StringComparison.Ordinal) && line.Contains(" = ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, lines.Length);
        var token = Token().Match(refused.Process.Errors.Text).Groups["token"].Value;

        home.Write($"{beyond}\n{string.Join('\n', lines)}");
        await using var node = await NodeProcess.StartAsync(home);

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(node, HttpMethod.Get, "status", "a guess"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(node, HttpMethod.Get, "status", token));
    }

    [Fact]
    public async Task Callers_may_do_what_their_role_allows_and_nothing_from_elsewhere()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, Declared);
        await using var node = await NodeProcess.StartAsync(home);

        (HttpStatusCode Expected, HttpMethod Method, string Path, string Token)[] table =
        [
            (HttpStatusCode.OK, HttpMethod.Get, "status", "viewer"),
            (HttpStatusCode.Forbidden, HttpMethod.Post, "jobs/idle/trigger", "viewer"),
            (HttpStatusCode.Forbidden, HttpMethod.Delete, "jobs/idle", "viewer"),
            (HttpStatusCode.OK, HttpMethod.Get, "status", "operator"),
            (HttpStatusCode.Accepted, HttpMethod.Post, "jobs/idle/trigger", "operator"),
            (HttpStatusCode.Forbidden, HttpMethod.Delete, "jobs/idle", "operator"),
            (HttpStatusCode.OK, HttpMethod.Get, "status", "admin"),
            (HttpStatusCode.Accepted, HttpMethod.Post, "jobs/idle/trigger", "admin"),
            (HttpStatusCode.OK, HttpMethod.Delete, "jobs/idle", "admin"),
            (HttpStatusCode.Unauthorized, HttpMethod.Get, "status", "wrong"),
            (HttpStatusCode.Unauthorized, HttpMethod.Post, "jobs/idle/trigger", "wrong"),
        ];
        foreach (var (expected, method, path, token) in table)
        {
            var status = await SendAsync(node, method, path, token);
            Assert.True(expected == status, $"{token}: {method} {path} is {status}, not {expected}");
        }
    }

    [Fact]
    public async Task Anonymous_change_from_this_machine_is_taken_only_as_it_must_be_sent()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, Declared);
        await using var node = await NodeProcess.StartAsync(home);

        (HttpStatusCode Expected, string? Header, string? Value)[] table =
        [
            (HttpStatusCode.Accepted, null, null),
            (HttpStatusCode.Accepted, "Sec-Fetch-Site", "same-origin"),
            (HttpStatusCode.Unauthorized, "X-Forwarded-For", "203.0.113.7"),
            (HttpStatusCode.Unauthorized, "Forwarded", "for=203.0.113.7"),
            (HttpStatusCode.Unauthorized, "Host", "jobs.example.com"),
            (HttpStatusCode.Unauthorized, "Authorization", "Bearer wrong"),
            (HttpStatusCode.Forbidden, "X-Carillon", null),
            (HttpStatusCode.Forbidden, "Sec-Fetch-Site", "cross-site"),
            (HttpStatusCode.UnsupportedMediaType, "Content-Type", "text/plain"),
        ];
        foreach (var (expected, header, value) in table)
        {
            var status = await SendAsync(node, HttpMethod.Post, "jobs/idle/trigger", token: null, header, value);
            Assert.True(expected == status, $"{header}: {value} is {status}, not {expected}");
        }
    }

    [Fact]
    public async Task Token_made_by_the_command_works_with_the_line_it_prints()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite);
        await using var command = ChildProcess.Start("dotnet", [BuiltFiles.Node, "token", "new", "--name", "ops", "--role", "operator"], home.Directory);
        Assert.Equal(0, await command.ExitAsync(Limit));
        var token = Assert.Single(command.Output.Lines);
        var line = Assert.Single(command.Errors.Lines, static line => line.StartsWith("carillon.", StringComparison.Ordinal));
        home.Write($"{Declared}\n{line}");
        await using var node = await NodeProcess.StartAsync(home);

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(node, HttpMethod.Post, "jobs/idle/trigger", token));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(node, HttpMethod.Delete, "jobs/idle", token));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(node, HttpMethod.Get, "status", "viewer"));
    }

    private static async Task<HttpStatusCode> SendAsync(
        NodeProcess node, HttpMethod method, string path, string? token, string? header = null, string? value = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"api/v1/scheduler/{path}", UriKind.Relative));
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("X-Carillon", "1");
            request.Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        switch (header)
        {
            case null:
                break;
            case "Content-Type":
                request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value!);
                break;
            default:
                request.Headers.Remove(header);
                _ = value is not null && request.Headers.TryAddWithoutValidation(header, value);
                break;
        }

        using var answer = await node.Api.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Hash(string token)
    {
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    [GeneratedRegex("Bearer (?<token>[A-Za-z0-9_-]{43})'", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();
}
