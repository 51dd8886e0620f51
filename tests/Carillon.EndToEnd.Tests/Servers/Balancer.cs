using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>Fetches the page of the cluster from another node each time, whichever comes, well or not.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly Func<Uri> _next;

    private Balancer(WebApplication app, Func<Uri> next)
    {
        _app = app;
        _next = next;
        app.MapGet("/metrics", FetchAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    public static async Task<Balancer> StartAsync(Func<Uri> next)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var balancer = new Balancer(builder.Build(), next);
        await balancer._app.StartAsync();
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task FetchAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_next(), "metrics"));
        foreach (var name in new[] { "Accept", "X-Prometheus-Scrape-Timeout-Seconds" })
        {
            request.Headers.TryAddWithoutValidation(name, http.Request.Headers[name].AsEnumerable());
        }

        try
        {
            using var answer = await _http.SendAsync(request, http.RequestAborted);
            var page = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await http.Response.Body.WriteAsync(page, http.RequestAborted);
        }
        catch (Exception error) when (error is HttpRequestException or HttpIOException)
        {
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Prometheus has given up.
        }
    }
}
