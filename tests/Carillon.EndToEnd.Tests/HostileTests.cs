using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>What no client sends and no program should print: the node answers, stays small, and goes on.</summary>
[Collection(ProcessTests.Name)]
public sealed class HostileTests(StoreServers servers)
{
    private const string Api = "/api/v1/scheduler";
    private const long MemoryLimit = 256L * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Requests, and what may be answered; 0 is a connection closed without an answer.</summary>
    private static readonly (string What, byte[] Bytes, int[] Allowed)[] Requests =
    [
        ("random bytes", Noise(4_096), [0, 400]),
        ("the preface of HTTP/2", Ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), [0, 400, 505]),
        ("no host", Ascii("GET /metrics HTTP/1.1\r\n\r\n"), [400]),
        ("a request line of 20 kB", Get($"/{new string('a', 20_000)}"), [414]),
        ("200 headers", Get("/metrics", string.Concat(Enumerable.Range(0, 200).Select(static i => $"X-{i}: 1\r\n"))), [431]),
        ("a header of 64 kB", Get("/metrics", $"X-Big: {new string('a', 65_536)}\r\n"), [431]),
        ("a header without a name", Get("/metrics", ": x\r\n"), [400]),
        ("a zero in a header", Get("/metrics", "X-A: \0\r\n"), [400]),
        ("a path up and away", Get($"{Api}/../../../../etc/passwd"), [404]),
        ("a path up and away, encoded", Get($"{Api}/jobs/%2e%2e/%2e%2e/%2e%2e/etc/passwd"), [400, 404]),
        ("a path with backslashes", Get($"{Api}\\..\\..\\etc\\passwd"), [400, 404]),
        ("an id with a slash, encoded", Get($"{Api}/jobs/a%2Fb"), [404]),
        ("an id with a zero, encoded", Get($"{Api}/jobs/a%00b"), [400, 404]),
        ("an id that is no UTF-8", Get($"{Api}/jobs/%ff%fe"), [400, 404]),
        ("an id of 5 kB", Get($"{Api}/jobs/{new string('a', 5_000)}"), [404]),
        ("a cursor that is none", Get($"{Api}/executions?cursor=AAAAAAAAAAAAAAAAAAAAAA"), [400]),
        ("a cursor that is no base64", Get($"{Api}/jobs?cursor=%25%25%25"), [400]),
        ("three thousand query parameters", Get($"{Api}/jobs?{string.Concat(Enumerable.Repeat("a&", 3_000))}"), [400, 414]),
        ("two lengths", Post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), [400]),
        ("a negative length", Post("Content-Length: -1\r\n", "{}"), [400]),
        ("a length that is too large to be", Post("Content-Length: 99999999999999999999\r\n", "{}"), [400]),
        ("a length of 10 GB", Post("Content-Length: 10737418240\r\n", "{}"), [413]),
        ("a body of 10 MB", Post("Content-Length: 10485760\r\n", new string(' ', 10_485_760)), [413]),
        ("chunks of 10 MB in all", Post("Transfer-Encoding: chunked\r\n", string.Concat(Enumerable.Repeat($"10000\r\n{new string(' ', 65_536)}\r\n", 160))), [413]),
        ("a chunk without a size", Post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"), [400]),
        ("an unknown transfer encoding", Post("Transfer-Encoding: gzip\r\n", "{}"), [400, 501]),
        ("another content type", Post("Content-Length: 2\r\n", "{}", "text/plain"), [415]),
        ("no content type", Post("Content-Length: 2\r\n", "{}", null), [415]),
        ("a body that never ends", Post("Transfer-Encoding: chunked\r\n", "1\r\n{\r\n"), [408]),
        ("a body that never comes", Post("Content-Length: 100\r\n", "{"), [408]),
    ];

    [Fact]
    public async Task Node_answers_what_no_client_sends_as_the_callers_fault_and_stays_small()
    {
        using var home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, "carillon.jobs = [ { id = idle, run { type = class, class = sample-tick } } ]");
        await using var node = await NodeProcess.StartAsync(home);
        using var process = Process.GetProcessById(node.Process.Id);
        var before = process.WorkingSet64;

        // All at once: those that the server ends by a timeout take as long as that.
        using var deadline = new CancellationTokenSource(Limit);
        var answers = await Task.WhenAll(Requests.Select(async request => (request.What, request.Allowed, Status: await AnswerAsync(home, request, deadline.Token))));

        Assert.All(answers, static answer => Assert.True(answer.Allowed.Contains(answer.Status), $"{answer.What}: {answer.Status}"));
        Assert.Equal(HttpStatusCode.OK, await node.StatusAsync());
        Assert.Equal("idle", (await node.Api.GetAsync("jobs/idle")).GetProperty("id").GetString());
        process.Refresh();
        Assert.InRange(process.WorkingSet64, 0, before + MemoryLimit);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Jobs_that_print_what_no_store_keeps_hold_up_nothing(StoreKind kind)
    {
        await using var truth = await TruthServer.StartAsync();
        using var home = await NodeHome.MakeAsync(
            servers,
            kind,
            $$""""
            carillon {
              security.allow-process = declared
              jobs = [
                { id = noise, schedule { every = 300ms }, run { type = process, command = "/bin/sh", args = ["-c", "head -c 10000000 /dev/urandom; exit 3"] } }
                { id = zeros, schedule { every = 300ms }, run { type = process, command = "/bin/sh", args = ["-c", "printf 'a\\000b\\355\\240\\200c'; printf 'd\\000e' >&2; exit 3"] } }
                { id = good, schedule { every = 100ms }, run { type = http, url = "{{truth.Url()}}" } }
              ]
            }
            """");
        await using var node = await NodeProcess.StartAsync(home);

        await Eventually.IsAsync(
            "both have failed three times", Limit, async () => await FailuresAsync(node, "noise") >= 3 && await FailuresAsync(node, "zeros") >= 3, () => node.Process.Tail);
        await truth.ReachedAsync(truth.Count + 5, Limit);

        var failed = (await node.Api.ExecutionsAsync("zeros")).First(static e => e.Status is "failed");
        var output = (await node.Api.GetAsync(string.Create(CultureInfo.InvariantCulture, $"executions/{failed.ExecutionId}/output"))).GetProperty("attempts")[0];
        Assert.Contains("a\uFFFDb", output.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await node.StatusAsync());
        Assert.Equal(0, await node.TerminateAsync(Limit));
    }

    private static async Task<long> FailuresAsync(NodeProcess node, string job)
    {
        return (await node.Api.ExecutionsAsync(job)).Count(static execution => execution.Status is "failed");
    }

    private static async Task<int> AnswerAsync(NodeHome home, (string What, byte[] Bytes, int[] Allowed) request, CancellationToken deadline)
    {
        try
        {
            return await RawRequest.SendAsync(home.Port, request.Bytes, deadline) ?? 0;
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"Not within {Limit}: an answer to {request.What}", late);
        }
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(20261122).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Get(string target, string headers = "")
    {
        return Ascii($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
    }

    private static byte[] Post(string headers, string body, string? contentType = "application/json")
    {
        var type = contentType is null ? string.Empty : $"Content-Type: {contentType}\r\n";
        return Ascii($"POST {Api}/jobs HTTP/1.1\r\nHost: localhost\r\nX-Carillon: 1\r\n{type}{headers}\r\n{body}");
    }

    private static byte[] Ascii(string text)
    {
        return Encoding.Latin1.GetBytes(text);
    }
}
