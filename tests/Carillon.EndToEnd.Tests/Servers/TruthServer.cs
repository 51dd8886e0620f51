using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>
/// What HTTP jobs call: it keeps every request from the moment it arrives, before any work, and so knows what really
/// ran. <c>?ms=300</c> lets the work take time, <c>?status=500</c> lets it fail.
/// </summary>
internal sealed class TruthServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<TruthRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly WebApplication _app;

    private TruthServer(WebApplication app)
    {
        _app = app;
        app.Run(WorkAsync);
    }

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<TruthRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _requests.Count;
            }
        }
    }

    public static async Task<TruthServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = new TruthServer(builder.Build());
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The URL of work that takes some time.</summary>
    public string Url(int milliseconds = 0, int status = 200)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{_app.Urls.First()}/work?ms={milliseconds}&status={status}");
    }

    /// <summary>Waits until so many requests have arrived.</summary>
    public Task ReachedAsync(int count, TimeSpan limit)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_requests.Count >= count)
            {
                return Task.CompletedTask;
            }

            _waiters.Add((count, reached));
        }

        return reached.Task.WithinAsync($"{count} requests of jobs arrive", limit, () => $"There are {Count}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task WorkAsync(HttpContext http)
    {
        var request = Keep(http.Request.Headers);
        var milliseconds = int.Parse(http.Request.Query["ms"].ToString(), CultureInfo.InvariantCulture);
        if (milliseconds > 0)
        {
            using var work = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds));
            await work.WaitForNextTickAsync(http.RequestAborted);
        }

        http.Response.StatusCode = int.Parse(http.Request.Query["status"].ToString(), CultureInfo.InvariantCulture);
        await http.Response.CompleteAsync();
        request.Answered();
    }

    private TruthRequest Keep(IHeaderDictionary headers)
    {
        var attempt = new AttemptName(
            Header("Carillon-Job"),
            DateTimeOffset.Parse(Header("Carillon-Scheduled-At"), CultureInfo.InvariantCulture),
            int.Parse(Header("Carillon-Attempt"), CultureInfo.InvariantCulture));
        lock (_gate)
        {
            var request = new TruthRequest(
                _requests.Count,
                TimeProvider.System.GetUtcNow(),
                attempt,
                Guid.Parse(Header("Carillon-Execution")),
                long.Parse(Header("Carillon-Fencing-Token"), CultureInfo.InvariantCulture),
                Header("Idempotency-Key"),
                Header("traceparent"));
            _requests.Add(request);
            foreach (var (_, reached) in _waiters.Where(w => w.Count <= _requests.Count))
            {
                reached.TrySetResult();
            }

            _waiters.RemoveAll(w => w.Count <= _requests.Count);
            return request;
        }

        string Header(string name)
        {
            return headers[name] is [{ Length: > 0 } value] ? value : throw new BadHttpRequestException($"the header {name} is missing");
        }
    }
}
