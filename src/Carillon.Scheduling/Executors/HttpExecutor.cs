using System.Diagnostics;
using System.Text;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Sends one HTTP request per attempt, and further ones where redirects are to be followed. The body of the answer is
/// the output; an answer outside the expected status codes is a failure of type <c>http_status</c>.
/// </summary>
public sealed class HttpExecutor : IJobExecutor
{
    /// <summary>The timeout of an HTTP job that has none of its own: an answer that never comes must not hold a slot for ever.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

    private const int MaxBody = 1024 * 1024;
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly HttpMessageInvoker _http;
    private readonly Func<string, string?> _environment;

    /// <summary>Makes an executor.</summary>
    /// <param name="http">Sends requests; it must not follow redirects.</param>
    /// <param name="environment">Looks up <c>${?NAME}</c> in header values.</param>
    public HttpExecutor(HttpMessageInvoker http, Func<string, string?> environment)
    {
        _http = http;
        _environment = environment;
    }

    /// <inheritdoc/>
    public bool CanRun(RunSpec run)
    {
        return run is HttpRun;
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(RunSpec run, JobContext context, CancellationToken cancellationToken)
    {
        var http = run as HttpRun ?? throw new UnreachableException("An HTTP executor was handed another kind of run.");
        HttpStep? step = new(new Uri(http.Url), http.Method, HasBody: true, IsSameOrigin: true);
        for (var followed = 0; step is not null; followed++)
        {
            using var request = Request(http, step, context);
            using var response = await _http.SendAsync(request, cancellationToken);
            step = followed < http.Redirects ? step.After((int)response.StatusCode, response.Headers.Location) : null;
            if (step is null)
            {
                await KeepBodyAsync(response, context.Output, cancellationToken);
                Check((int)response.StatusCode, http.Expect);
            }
        }
    }

    private static void Check(int status, string expect)
    {
        if (!StatusCodes.Parse(expect).Contains(status))
        {
            throw new RunFailedException("http_status", $"the answer was {status}, expected was {expect}");
        }
    }

    /// <summary>The end of the body shows that the work was done, so it is read, but not for ever.</summary>
    private static async Task KeepBodyAsync(
        HttpResponseMessage response, JobOutput output, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[8_192];
        var total = 0;
        while (await body.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            output.Write(buffer.AsSpan(0, count));
            total += count;
            if (total >= MaxBody)
            {
                output.WriteLine($"\n[the answer has more than {MaxBody} bytes; the rest was not read]");
                return;
            }
        }
    }

    private HttpRequestMessage Request(HttpRun http, HttpStep step, JobContext context)
    {
        var request = new HttpRequestMessage(new HttpMethod(step.Method), step.Url);
        if (step.HasBody && (http.Body ?? context.Payload) is { } body)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        else if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            // A request without any body is sent again by itself when its connection breaks, and an attempt has one.
            request.Content = new ByteArrayContent([]);
        }

        foreach (var (header, _, value) in AttemptIdentity.Of(context))
        {
            Add(request, header, value);
        }

        foreach (var (name, value) in step.IsSameOrigin ? http.Headers : NoHeaders)
        {
            Add(request, name, EnvironmentReference.Resolve(value, _environment));
        }

        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value))
        {
            return;
        }

        // Headers that describe the body, such as Content-Type, replace what was set with it.
        request.Content ??= new ByteArrayContent([]);
        request.Content.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }
}
