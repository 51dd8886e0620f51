using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Executors;

/// <summary>Requests to a real listener on loopback.</summary>
public sealed class HttpExecutorTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _http = AddressGuard.CreateClient(allowLinkLocal: false);
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly List<string> _requests = [];
    private readonly HttpExecutor _executor;
    private readonly string _url;

    public HttpExecutorTests()
    {
        _listener.Start();
        _url = $"http://{_listener.LocalEndpoint}";
        _executor = new HttpExecutor(_http, static name => name == "TOKEN" ? "s3cret" : null);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Request_whose_connection_breaks_is_sent_once(string method)
    {
        var served = ServeAsync(static _ => string.Empty);

        await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(new HttpRun { Url = _url, Method = method }));

        await _stop.CancelAsync();
        await served;
        Assert.Single(_requests);
    }

    [Fact]
    public async Task Request_tells_about_its_attempt_and_carries_the_payload()
    {
        var served = ServeAsync(static _ => Answer(200, "done"));
        var headers = new Dictionary<string, string> { ["Authorization"] = "${?TOKEN}", ["X-Plain"] = "plain" };

        var context = await RunAsync(new HttpRun { Url = $"{_url}/work?x=1", Headers = headers }, """{"n":1}""");

        await _stop.CancelAsync();
        await served;
        var request = Assert.Single(_requests);
        Assert.StartsWith("POST /work?x=1 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"n":1}""", request, StringComparison.Ordinal);
        Assert.All(
            [
                "Carillon-Job: job", $"Carillon-Execution: {context.ExecutionId}", "Carillon-Attempt: 2",
                "Carillon-Scheduled-At: 1970-01-01T00:00:00.000000Z", "Carillon-Fencing-Token: 77",
                $"Idempotency-Key: {context.ExecutionId}", "Authorization: s3cret", "X-Plain: plain",
                $"traceparent: 00-{context.ExecutionId:N}-000000000000004d-01", "Content-Type: application/json; charset=utf-8",
            ],
            header => Assert.Contains($"\r\n{header}\r\n", request, StringComparison.Ordinal));
        Assert.Equal("done", context.Output.Text());
    }

    [Theory]
    [InlineData(200, "200-299", true)]
    [InlineData(404, "200,404", true)]
    [InlineData(302, "302", true)]
    [InlineData(302, "200-299", false)]
    [InlineData(500, "200-299", false)]
    [InlineData(200, "404-410,500", false)]
    public async Task Status_decides_by_what_is_expected_and_the_body_is_kept(int status, string expect, bool isSuccess)
    {
        var served = ServeAsync(_ => Answer(status, "the answer", "Location: /elsewhere"));
        var context = Context();

        var error = await Record.ExceptionAsync(() => RunAsync(new HttpRun { Url = _url, Expect = expect }, context));

        await _stop.CancelAsync();
        await served;
        Assert.Equal(isSuccess ? null : "http_status", (error as RunFailedException)?.Type);
        Assert.Equal(isSuccess, error is null);
        Assert.Equal("the answer", context.Output.Text());
        Assert.Single(_requests);
    }

    [Fact]
    public async Task Body_without_end_is_not_read_to_its_end()
    {
        var served = ServeAsync(static _ => $"HTTP/1.1 200 OK\r\n\r\n{new string('x', 3_000_000)}");

        var context = await RunAsync(new HttpRun { Url = _url });

        await _stop.CancelAsync();
        await served;
        Assert.EndsWith("the rest was not read]\n", context.Output.Text(), StringComparison.Ordinal);
        Assert.True(context.Output.Text()!.Length < JobOutput.DefaultLimit + 100, "output beyond its limit");
    }

    [Fact]
    public async Task Body_that_breaks_off_is_a_failure()
    {
        var served = ServeAsync(static _ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning");
        var context = Context();

        await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(new HttpRun { Url = _url }, context));

        await _stop.CancelAsync();
        await served;
        Assert.Equal("beginning", context.Output.Text());
    }

    [Theory]
    [InlineData(2, "POST / ", "GET /1 ", "GET /2 ")]
    [InlineData(1, "POST / ", "GET /1 ")]
    [InlineData(0, "POST / ")]
    public async Task As_many_redirects_are_followed_as_the_job_says(int redirects, params string[] expected)
    {
        var served = ServeAsync(n => n < 3 ? Answer(302, "", $"Location: /{n}") : Answer(200, "there"));

        var error = await Record.ExceptionAsync(() => RunAsync(new HttpRun { Url = _url, Redirects = redirects }));

        await _stop.CancelAsync();
        await served;
        Assert.Equal(expected, _requests.Select(static r => r[..(r.IndexOf("HTTP/1.1", StringComparison.Ordinal))]));
        Assert.Equal(redirects == 2, error is null);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:a9fe:a9fe]/")]
    [InlineData("http://2852039166/")]
    public async Task Redirect_to_a_refused_address_fails(string location)
    {
        var served = ServeAsync(_ => Answer(307, "", $"Location: {location}"));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(new HttpRun { Url = _url, Redirects = 5 }));

        await _stop.CancelAsync();
        await served;
        Assert.Contains("link-local", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_to_another_origin_goes_without_the_headers_of_the_job()
    {
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var served = ServeAsync(n => n == 1 ? Answer(307, "", $"Location: http://localhost:{port}/other") : Answer(200, ""));
        var headers = new Dictionary<string, string> { ["Authorization"] = "secret" };

        await RunAsync(new HttpRun { Url = _url, Redirects = 1, Headers = headers });

        await _stop.CancelAsync();
        await served;
        Assert.Contains("Authorization: secret", _requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", _requests[1], StringComparison.Ordinal);
        Assert.Contains("Carillon-Job: job", _requests[1], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _http.Dispose();
        _services.Dispose();
        _stop.Dispose();
    }

    private async Task<JobContext> RunAsync(HttpRun run, string? payload = null)
    {
        var context = Context(payload);
        await RunAsync(run, context);
        return context;
    }

    private Task RunAsync(HttpRun run, JobContext context)
    {
        return _executor.ExecuteAsync(run, context, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
    }

    private JobContext Context(string? payload = null)
    {
        return new JobContext
        {
            JobId = "job",
            ExecutionId = ExecutionId.Of("job", DateTimeOffset.UnixEpoch),
            ScheduledAt = DateTimeOffset.UnixEpoch,
            Attempt = 2,
            FencingToken = 77,
            Payload = payload,
            Log = NullLogger.Instance,
            Output = new JobOutput(),
            Progress = new JobProgress(),
            Services = _services,
        };
    }

    private static string Answer(int status, string body, string? header = null)
    {
        var more = header is null ? string.Empty : $"{header}\r\n";
        return $"HTTP/1.1 {status} Word\r\n{more}Connection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    /// <summary>Reads one request on each connection, answers the n-th, from 1, and hangs up.</summary>
    private async Task ServeAsync(Func<int, string> answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = client.GetStream();
                _requests.Add(await ReadRequestAsync(stream));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer(_requests.Count)), _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // The test is over, or its client has heard enough.
        }
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8_192];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, _stop.Token);
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            var request = text.ToString();
            var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var at = request.IndexOf("Content-Length: ", StringComparison.Ordinal);
            var length = at < 0 ? 0 : int.Parse(request[(at + 16)..request.IndexOf('\r', at)], CultureInfo.InvariantCulture);
            if (count == 0 || (head >= 0 && request.Length >= head + 4 + length))
            {
                return request;
            }
        }
    }
}
