using Carillon.Model;
using Carillon.Web;
using Microsoft.Extensions.Hosting;

namespace Carillon.Hosting;

/// <summary>Ties a node to the life of its host: it starts with it, drains as soon as the host is told to stop, and ends it when it is dead.</summary>
internal sealed class NodeService : IHostedService, IAsyncDisposable
{
    private readonly CarillonNode _node;
    private readonly IReadOnlyList<JobDefinition> _declared;
    private readonly NodeContextHolder _holder;
    private readonly IHostApplicationLifetime _host;
    private CancellationTokenRegistration _onStopping;
    private CancellationTokenRegistration _onDeath;

    public NodeService(CarillonNode node, IReadOnlyList<JobDefinition> declared, NodeContextHolder holder, IHostApplicationLifetime host)
    {
        _node = node;
        _declared = declared;
        _holder = holder;
        _host = host;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _holder.PeerOptions = _node.PeerOptions;
        _holder.Peers = _node.Peers;
        _holder.Context = await _node.StartAsync(_declared, cancellationToken);
        _onDeath = _node.Died.Register(_host.StopApplication);

        // The web server is stopped before hosted services are; jobs that call this very server should end before that.
        _onStopping = _host.ApplicationStopping.Register(() => _ = _node.StopAsync("the host stops"));
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        return _node.StopAsync("the host stops");
    }

    public async ValueTask DisposeAsync()
    {
        await _onStopping.DisposeAsync();
        await _onDeath.DisposeAsync();
    }
}
