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
/// ran. <c>?ms=300</c> lets the work take time, <c>?status=500</c> lets it fail, <c>?fails=4</c> lets one in four fail.
/// </summary>
internal sealed class TruthServer : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<TruthRequest> _requests = [];
    private readonly Dictionary<string, DateTimeOffset> _newest = new(StringComparer.Ordinal);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly WebApplication _app;
    private readonly int _seed;

    private TruthServer(WebApplication app, int seed)
    {
        _app = app;
        _seed = seed;
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

    /// <summary>Starts one.</summary>
    /// <param name="seed">Decides with job, time and attempt which work fails of that which sometimes does.</param>
    public static async Task<TruthServer> StartAsync(int seed = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = new TruthServer(builder.Build(), seed);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>When the newest request of a job arrived; null when there is none.</summary>
    public DateTimeOffset? NewestOf(string job)
    {
        lock (_gate)
        {
            return _newest.TryGetValue(job, out var at) ? at : null;
        }
    }

    /// <summary>The URL of work that takes some time.</summary>
    public string Url(int milliseconds = 0, int status = 200, int fails = 0)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{_app.Urls.First()}/work?ms={milliseconds}&status={status}&fails={fails}");
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
        var milliseconds = Number(http, "ms");
        if (milliseconds > 0)
        {
            using var work = new PeriodicTimer(TimeSpan.FromMilliseconds(milliseconds));
            await work.WaitForNextTickAsync(http.RequestAborted);
        }

        http.Response.StatusCode = Fails(request.Attempt, Number(http, "fails")) ? StatusCodes.Status500InternalServerError : Number(http, "status");
        await http.Response.CompleteAsync();
        request.AnsweredWith(http.Response.StatusCode);
    }

    private static int Number(HttpContext http, string name)
    {
        return int.Parse(http.Request.Query[name].ToString(), CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the work of an attempt fails, of which one in so many does; 0: none.</summary>
    private bool Fails(AttemptName attempt, int oneIn)
    {
        var number = unchecked(_seed + (int)(attempt.ScheduledAt.Ticks / TimeSpan.TicksPerMillisecond) + (attempt.Attempt * 7_919));
        return oneIn > 0 && new Random(number).Next(oneIn) == 0;
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
            _newest[attempt.Job] = request.ArrivedAt;
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
