using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web.Tests.Requests;

/// <summary>Whatever is sent, the answer is the caller's fault, or a success: never a failure of the server.</summary>
public sealed class HostileRequestTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private const string Jobs = $"{Api}/jobs";

    private static readonly string[] Paths =
    [
        Jobs, $"{Jobs}/known", $"{Jobs}/known/next", $"{Jobs}/known/executions", $"{Jobs}/known/trigger",
        $"{Jobs}/known/pause", $"{Jobs}/known/resume", $"{Api}/executions",
        $"{Api}/executions/019a0000-0000-7000-8000-000000000000", $"{Api}/status", $"{Api}/metrics",
        $"{Api}/metrics/summary", $"{Api}/queues", $"{Api}/nodes", "/metrics", "/health", "/health/ready",
        "/openapi/v1.json", "/scheduler-monitoring", "/",
    ];

    private static readonly string[] Bodies =
    [
        """{"id":"known","run":{"type":"class","class":"ok"}}""",
        """
        {"id":"h","schedule":{"cron":"*/5 * * * *","time_zone":"Europe/Berlin","dst":"last"},
         "run":{"type":"class","class":"ok"}}
        """,
        """
        {"id":"h","schedule":{"every":"90s","start":"2026-01-01T00:00:00Z"},
         "run":{"type":"http","url":"http://127.0.0.1:9/","headers":{"A":"b"}}}
        """,
        """{"payload":{"a":[1,2,{"b":null}]},"idempotency_key":"k"}""",
        """{"reason":"because"}""",
        "{}",
    ];

    private static readonly string[] Fragments =
    [
        "\0", "\ud800", "\u202e", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-0", "1e999",
        "99999999999999999999", "NaN", "\\ud800", "\\u0000", "/*", "%", "%2e%2e", "%zz", "..", "/", "?", "&", "=", "#", ";",
        "'", "' or 1=1 --", "<script>", "é", "日本", "😀", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00",
        "P9999999D", "* * * * * * * *", "Z", "***", "${?PATH}", "\r\n", " ", "",
    ];

    private static readonly string[] QueryNames =
    [
        "q", "category", "owner", "tag", "status", "queue", "node", "sort", "limit", "cursor", "from", "to", "trigger",
        "count", "scope", "x",
    ];

    private readonly WebHost _host = fixture.Host;

    public static TheoryData<string, string> HostileBodies => new()
    {
        { "empty", "" },
        { "not json", "nonsense" },
        { "cut off", """{"id":"x","run":{""" },
        { "an array", "[]" },
        { "a text", "\"x\"" },
        { "null", "null" },
        { "two documents", "{}{}" },
        { "a comment", "/* x */ {}" },
        { "a trailing comma", """{"id":"x",}""" },
        { "a name twice", """{"id":"x","id":"y"}""" },
        { "too deep", new string('[', 10_000) + new string(']', 10_000) },
        { "too deep an object", string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100) },
        { "half a pair as a name", """{"\ud800":1}""" },
        { "half a pair as a value", """{"id":"\ud800"}""" },
        { "a zero", """{"id":"a\u0000b","run":{"type":"class","class":"ok"}}""" },
        { "a number that is too large", """{"id":"x","priority":1e400,"run":{"type":"class","class":"ok"}}""" },
        { "a huge number", "{\"id\":\"x\",\"priority\":" + new string('9', 5_000) + "}" },
        { "a huge text", "{\"id\":\"" + new string('x', 900_000) + "\"}" },
        { "a huge member", "{\"" + new string('x', 900_000) + "\":1}" },
        { "many members", "{" + string.Join(",", Enumerable.Range(0, 50_000).Select(static i => $"\"{i}\":0")) + "}" },
        { "a schedule that never fires", Scheduled("""{"cron":"0 0 30 2 *"}""") },
        { "two schedules", Scheduled("""{"cron":"* * * * *","every":"5s"}""") },
        { "a zone that leads elsewhere", Scheduled("""{"cron":"* * * * *","time_zone":"../../etc/passwd"}""") },
        { "a duration that is too long", Scheduled("""{"every":"999999999999d"}""") },
        { "a line break in a header", """{"id":"x","run":{"type":"http","url":"http://x","headers":{"A":"\r\nC: d"}}}""" },
        { "a header without a name", """{"id":"x","run":{"type":"http","url":"http://x","headers":{"":"b"}}}""" },
        { "a url that is none", """{"id":"x","run":{"type":"http","url":"javascript:alert(1)"}}""" },
    };

    [Theory]
    [MemberData(nameof(HostileBodies))]
    public async Task Hostile_body_is_a_bad_request(string what, string body)
    {
        var (status, answer) = await SendAsync("POST", Jobs, "", Encoding.UTF8.GetBytes(body));

        Assert.True(status == 400, $"{what}: {status} {answer}");
        Assert.NotEqual(JsonValueKind.Undefined, JsonElement.Parse(answer).GetProperty("message").ValueKind);
    }

    [Fact]
    public async Task Body_that_is_not_utf8_is_a_bad_request()
    {
        byte[] body = [.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Equal(400, (await SendAsync("POST", Jobs, "", body)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_over_the_limit_is_refused_whether_or_not_its_length_is_told(bool told)
    {
        var body = new byte[JsonBody.MaxLength + 1];
        Array.Fill(body, (byte)' ');

        Assert.Equal(413, (await SendAsync("POST", Jobs, "", body, told)).Status);
    }

    [Fact]
    public async Task Unknown_path_and_method_of_the_api_are_told_as_such()
    {
        Assert.Equal(404, (await SendAsync("GET", Api, "", [])).Status);
        Assert.Equal(404, (await SendAsync("GET", $"{Api}/no/such", "", [])).Status);
        Assert.Equal(405, (await SendAsync("PATCH", $"{Jobs}/x", "", "{}"u8.ToArray())).Status);
        var http = await _host.Server.SendAsync(
            static context => Prepare(context, "POST", $"{Api}/status", "", "{}"u8.ToArray(), told: true));
        Assert.Equal(405, http.Response.StatusCode);
        Assert.Equal("GET", http.Response.Headers.Allow.ToString());
    }

    [Fact]
    public async Task Five_thousand_generated_requests_never_make_the_server_fail()
    {
        await SendAsync("POST", Jobs, "", Encoding.UTF8.GetBytes(Bodies[0]));
        var random = new Random(20261122);
        var seen = new SortedDictionary<int, int>();
        for (var i = 0; i < 5_000; i++)
        {
            var method = Pick(random, "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
            var path = random.Next(4) == 0 ? Mangled(random, Pick(random, Paths)) : Pick(random, Paths);
            var query = Query(random);
            var body = Encoding.UTF8.GetBytes(Mangled(random, Pick(random, Bodies)));
            if (random.Next(10) == 0 && body.Length > 0)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var (status, answer) = await SendAsync(method, path, query, body);
            var sent = $"request {i}: {method} {path}{query} {Encoding.UTF8.GetString(body)}";
            Assert.True(status is >= 200 and < 500, $"{sent}: {status} {answer}");
            seen[status] = seen.GetValueOrDefault(status) + 1;
        }

        // The generator must reach the code behind the checks as well.
        Assert.Equal([200, 202, 400, 404, 405], seen.Keys.Intersect([200, 202, 400, 404, 405]));
    }

    private static string Scheduled(string schedule)
    {
        return $$"""{"id":"x","schedule":{{schedule}},"run":{"type":"class","class":"ok"} }""";
    }

    private static string Query(Random random)
    {
        if (random.Next(3) == 0)
        {
            return string.Empty;
        }

        var parts = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => $"{Pick(random, QueryNames)}={Uri.EscapeDataString(Clean(Pick(random, Fragments)))}");
        var query = "?" + string.Join('&', parts);
        return random.Next(5) == 0 ? query + Pick(random, "%00", "%zz", "%ff%fe", "&&&", "=", "%ED%A0%80") : query;
    }

    private static string Mangled(Random random, string text)
    {
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var cut = Math.Min(random.Next(6), text.Length - at);
            text = text.Remove(at, cut).Insert(at, Pick(random, Fragments));
        }

        return text;
    }

    private static string Clean(string text)
    {
        return text.Replace('\ud800', 'x');
    }

    private static string Pick(Random random, params ReadOnlySpan<string> items)
    {
        return items[random.Next(items.Length)];
    }

    private static void Prepare(HttpContext http, string method, string path, string query, byte[] body, bool told)
    {
        http.Request.Method = method;
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("localhost");
        http.Request.Path = path.StartsWith('/') ? path : "/" + path;
        http.Request.QueryString = new QueryString(query);
        http.Request.Headers["X-Carillon"] = "1";
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = told ? body.Length : null;
        http.Request.Body = new MemoryStream(body);
    }

    private async Task<(int Status, string Answer)> SendAsync(
        string method, string path, string query, byte[] body, bool told = true)
    {
        var http = await _host.Server.SendAsync(context => Prepare(context, method, path, query, body, told));
        using var reader = new StreamReader(http.Response.Body);
        return (http.Response.StatusCode, await reader.ReadToEndAsync());
    }
}
