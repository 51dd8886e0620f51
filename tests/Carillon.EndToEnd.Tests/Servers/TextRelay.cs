using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>Fetches the page of a node as text for a Prometheus that would ask for OpenMetrics.</summary>
internal sealed class TextRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _node;

    private TextRelay(WebApplication app, Uri node)
    {
        _app = app;
        _node = new HttpClient { BaseAddress = node };
        app.MapGet("/metrics", FetchAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts one for a node, which need not be there.</summary>
    public static async Task<TextRelay> StartAsync(Uri node)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var relay = new TextRelay(builder.Build(), node);
        await relay._app.StartAsync();
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _node.Dispose();
    }

    private async Task FetchAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("metrics", UriKind.Relative));
        request.Headers.Add("Accept", "text/plain; version=0.0.4");
        try
        {
            using var answer = await _node.SendAsync(request, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync(http.RequestAborted), http.RequestAborted);
        }
        catch (HttpRequestException)
        {
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }
}
