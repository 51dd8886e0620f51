using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Carillon.Web.Tests;

/// <summary>The endpoints on a server in memory. Requests come from this machine unless told otherwise.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public TestServer Server => _app.GetTestServer();

    public NodeContextHolder Holder => _app.Services.GetRequiredService<NodeContextHolder>();

    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Where requests come from.</summary>
    public IPAddress? Remote { get; set; } = IPAddress.Loopback;

    public static async Task<WebHost> StartAsync(
        NodeContext? node,
        SecurityOptions? security = null,
        Action<WebApplication>? map = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddCarillonWeb();
        if (security is not null)
        {
            builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(security));
        }

        services?.Invoke(builder.Services);
        var app = builder.Build();
        var host = new WebHost[1];
        app.Use((http, next) =>
        {
            http.Connection.RemoteIpAddress = host[0].Remote;
            return next(http);
        });
        app.UseRouting();
        if (map is null)
        {
            app.MapCarillonWeb();
        }
        else
        {
            map(app);
        }

        await app.StartAsync();
        host[0] = new WebHost(app);
        host[0].Holder.Context = node;
        return host[0];
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        return SendAsync(HttpMethod.Get, path, body: null, headers);
    }

    /// <summary>Sends a request; one that changes something carries what such requests must.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("X-Carillon", "1");
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The data of a success, which must have the status.</summary>
    public async Task<JsonElement> DataAsync(
        HttpMethod method, string path, string? body = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await SendAsync(method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} {text}");
        var envelope = JsonElement.Parse(text);
        Assert.Equal("success", envelope.GetProperty("message").GetString());
        Assert.Equal((int)status, envelope.GetProperty("code").GetInt32());
        return envelope.GetProperty("data");
    }

    /// <summary>The problem of a failure, which must have the status.</summary>
    public async Task<JsonElement> ProblemAsync(
        HttpMethod method,
        string path,
        string? body,
        HttpStatusCode status,
        params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(method, path, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{method} {path}: {(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonElement.Parse(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal((int)status, problem.GetProperty("code").GetInt32());
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("message").GetString());
        return problem;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
