using System.Data.Common;
using Carillon.Model;
using Carillon.Persistence;
using Carillon.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>
/// Ties nodes to the life of their host. One starts with it and leaves as soon as the host is told to stop; when the
/// cluster has declared it dead, as it does with one that stood still for too long, another incarnation takes its place.
/// </summary>
internal sealed partial class NodeService : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Func<CarillonNode> _make;
    private readonly IReadOnlyList<JobDefinition> _declared;
    private readonly NodeContextHolder _holder;
    private readonly IHostApplicationLifetime _host;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private CarillonNode? _node;
    private readonly SemaphoreSlim _lifeIsOver = new(0);
    private bool _lives;
    private Task? _stopped;

    public NodeService(
        Func<CarillonNode> make,
        IReadOnlyList<JobDefinition> declared,
        NodeContextHolder holder,
        IHostApplicationLifetime host,
        TimeProvider time,
        ILogger<NodeService> log)
    {
        _make = make;
        _declared = declared;
        _holder = holder;
        _host = host;
        _time = time;
        _log = log;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await JoinAsync(cancellationToken);
        _lives = true;
        _ = LiveAsync();
    }

    /// <summary>
    /// The node leaves before any service is stopped, the web server among them: while it drains, jobs can call this very
    /// server, and other nodes and users ask it.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        return StopOnceAsync("the host stops");
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        // A host that fails, or is told to stop, while it starts is disposed of without having been stopped.
        await StopOnceAsync("the host ends");
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _stopping.Dispose();
        _lifeIsOver.Dispose();
    }

    private Task StopOnceAsync(string reason)
    {
        lock (_gate)
        {
            return _stopped ??= StopNodeAsync(reason);
        }
    }

    private async Task StopNodeAsync(string reason)
    {
        await _stopping.CancelAsync();
        if (_lives)
        {
            await _lifeIsOver.WaitAsync();
        }

        if (_holder.Context is not null && _node is not null)
        {
            await _node.StopAsync(reason);
        }
    }

    private async Task JoinAsync(CancellationToken cancellationToken)
    {
        var node = _make();
        try
        {
            _holder.PeerOptions = node.PeerOptions;
            _holder.Peers = node.Peers;
            _holder.Context = await node.StartAsync(_declared, cancellationToken);
            _node = node;
        }
        finally
        {
            if (_node != node)
            {
                await node.DisposeAsync();
            }
        }
    }

    /// <summary>Puts a new incarnation in the place of each one that dies, until the host stops.</summary>
    private async Task LiveAsync()
    {
        try
        {
            while (_node is { } node)
            {
                await WaitForEndAsync(node);
                if (_stopping.IsCancellationRequested)
                {
                    return;
                }

                _holder.Context = null;
                _node = null;
                await node.AbandonAsync();
                await node.DisposeAsync();
                await RejoinAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops before the node could come back.
        }
#pragma warning disable CA1031 // The supervision boundary of the node: what keeps it from coming back ends the host.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogLost(error);
            _host.StopApplication();
        }
        finally
        {
            _lifeIsOver.Release();
        }
    }

    private async Task WaitForEndAsync(CarillonNode node)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(node.Died, _stopping.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RejoinAsync()
    {
        while (_node is null)
        {
            try
            {
                await JoinAsync(_stopping.Token);
                LogRejoined();
            }
            catch (Exception error) when (error is StoreUnreachableException or DbException or TimeoutException)
            {
                LogRetry(error);
                await Task.Delay(BetweenTries, _time, _stopping.Token);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node has rejoined the cluster as a new incarnation.")]
    private partial void LogRejoined();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node cannot rejoin the cluster yet; it tries again.")]
    private partial void LogRetry(Exception error);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The node cannot rejoin the cluster; the host stops.")]
    private partial void LogLost(Exception error);
}
