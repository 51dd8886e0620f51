using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting.Tests;

/// <summary>An ASP.NET Core app on a free loopback port that embeds a node, with a store in a directory of its own.</summary>
internal sealed class EmbeddingApp : IAsyncDisposable
{
    public const string Prefix = "/ops/carillon";

    private readonly WebApplication _app;

    private EmbeddingApp(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public Ledger Ledger => _app.Services.GetRequiredService<Ledger>();

    /// <summary>Starts an app.</summary>
    /// <param name="directory">Where the store is.</param>
    /// <param name="declare">Declares jobs.</param>
    /// <param name="services">Adds services of the host.</param>
    /// <param name="map">Maps the node; by default below <see cref="Prefix"/>.</param>
    public static async Task<EmbeddingApp> StartAsync(
        string directory,
        Action<CarillonBuilder> declare,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("carillon:node:datadir", (string?)directory), KeyValuePair.Create("carillon:cluster:shards", (string?)"16")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Ledger>();
        services?.Invoke(builder.Services);
        builder.AddCarillon("carillon", declare);
        var app = builder.Build();
        (map ?? (static host => host.MapCarillon(Prefix)))(app);
        await app.StartAsync();
        return new EmbeddingApp(app);
    }

    /// <summary>Stops the app, as SIGTERM does.</summary>
    public Task StopAsync()
    {
        return _app.StopAsync();
    }

    /// <summary>The <c>data</c> of an answer of the API.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        return JsonElement.Parse(await Http.GetByteArrayAsync(new Uri($"{Prefix}/api/v1/scheduler/{path}", UriKind.Relative))).GetProperty("data");
    }

    /// <summary>Runs a job now.</summary>
    /// <returns>The id of the execution.</returns>
    public async Task<Guid> TriggerAsync(string job)
    {
        return (await PostAsync($"jobs/{job}/trigger")).GetProperty("execution_id").GetGuid();
    }

    /// <summary>Sends a change, as every change must be sent.</summary>
    /// <returns>The <c>data</c> of the answer.</returns>
    public async Task<JsonElement> PostAsync(string path)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"{Prefix}/api/v1/scheduler/{path}", UriKind.Relative));
        request.Headers.Add("X-Carillon", "1");
        request.Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync()).GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
