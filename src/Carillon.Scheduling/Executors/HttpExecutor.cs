using System.Diagnostics;
using System.Text;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Sends one HTTP request per attempt. Redirects are not followed; an answer outside the expected status codes is a
/// failure of type <c>http_status</c>.
/// </summary>
public sealed class HttpExecutor : IJobExecutor
{
    /// <summary>The timeout of an HTTP job that has none of its own: an answer that never comes must not hold a slot for ever.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(100);

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
        using var request = Request(http, context);
        using var response = await _http.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        if (!StatusCodes.Parse(http.Expect).Contains(status))
        {
            throw new RunFailedException("http_status", $"the answer was {status}, expected was {http.Expect}");
        }
    }

    private HttpRequestMessage Request(HttpRun http, JobContext context)
    {
        var request = new HttpRequestMessage(new HttpMethod(http.Method), http.Url);
        if ((http.Body ?? context.Payload) is { } body)
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

        foreach (var (name, value) in http.Headers)
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
