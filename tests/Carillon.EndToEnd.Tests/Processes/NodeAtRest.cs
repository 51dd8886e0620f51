using Carillon.EndToEnd.Tests.Api;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>A node whose jobs have run for a while and are paused: good ones, failing ones, and one that never ran.</summary>
public sealed class NodeAtRest(StoreServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private TruthServer? _truth;
    private NodeHome? _home;
    private NodeProcess? _node;

    internal SchedulerApi Api => _node!.Api;

    public async Task InitializeAsync()
    {
        try
        {
            _truth = await TruthServer.StartAsync();
            HttpJob[] jobs =
            [
                new("good", _truth.Url(), Every: "50ms", More: """name = "Quoted \" and \\ and ü", category = billing"""),
                new("bad", _truth.Url(status: 500), Every: "50ms", More: "owner = ops, retry { attempts = 1, strategy = fixed, wait-min = 1ms }"),
                new("never", _truth.Url(), Every: "1d"),
            ];
            _home = await NodeHome.MakeAsync(servers, StoreKind.Sqlite, HttpJob.Declare(jobs));
            _node = await NodeProcess.StartAsync(_home);
            await _truth.ReachedAsync(30, Limit);
            await Api.QuietenAsync(jobs.Select(static job => job.Id), Limit);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        await (_node?.DisposeAsync() ?? ValueTask.CompletedTask);
        _home?.Dispose();
        await (_truth?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
