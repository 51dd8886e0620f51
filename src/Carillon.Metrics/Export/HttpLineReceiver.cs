using System.Net.Http.Headers;

namespace Carillon.Metrics;

/// <summary>Sends lines as the bodies of POST requests.</summary>
internal sealed class HttpLineReceiver : ILineReceiver
{
    private const int BodyBytes = 512 * 1024;
    private const int MaxShown = 200;

    private readonly Uri _url;
    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private readonly HttpClient _http;

    /// <summary>Makes a receiver.</summary>
    /// <param name="url">Where requests go, query included.</param>
    /// <param name="token">What they are allowed by, or null.</param>
    public HttpLineReceiver(Uri url, string? token)
    {
        _url = url;
        _http = new HttpClient(_handler, disposeHandler: false) { MaxResponseContentBufferSize = BodyBytes };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", token);
        }
    }

    /// <inheritdoc/>
    public int MaxBytes => BodyBytes;

    /// <inheritdoc/>
    public async Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ReadOnlyMemoryContent(text);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
            using var answer = await _http.PostAsync(_url, content, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                var said = await answer.Content.ReadAsStringAsync(cancellationToken);
                throw new IOException($"{_url.Authority} answered {(int)answer.StatusCode}: {said[..Math.Min(said.Length, MaxShown)]}");
            }
        }
        catch (HttpRequestException error)
        {
            throw new IOException($"{_url.Authority} {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }
}
