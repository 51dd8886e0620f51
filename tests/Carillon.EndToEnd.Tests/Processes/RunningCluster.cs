using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Metrics;
using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>Nodes on one PostgreSQL, each a process with a home of its own, and a poller of each one's page.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    /// <summary>A node's own defaults, which tests of single nodes shorten.</summary>
    private const string Times = "carillon.cluster { lease = 6s, heartbeat = 1s }\n";

    /// <summary>Longer than nodes wait before they move shards to where they belong.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly List<NodeHome> _homes = [];
    private readonly List<NodeProcess> _nodes = [];
    private readonly List<Poller> _pollers = [];

    private RunningCluster()
    {
    }

    public TestStore Store => _homes[0].Store;

    /// <summary>Starts nodes at the same time and waits until all are ready.</summary>
    public static async Task<RunningCluster> StartAsync(StoreServers servers, int count, string hocon)
    {
        var cluster = new RunningCluster();
        try
        {
            cluster._homes.Add(await NodeHome.MakeAsync(servers, StoreKind.PostgreSql, Times + hocon));
            cluster._homes.AddRange(Enumerable.Range(1, count - 1).Select(_ => cluster._homes[0].Neighbour(Times + hocon)));
            cluster._nodes.AddRange(cluster._homes.Select(static home => NodeProcess.Launch(home)));
            await Task.WhenAll(cluster._nodes.Select(static node => node.ReadyAsync()));
            cluster._pollers.AddRange(cluster._homes.Select(static home => Poller.Start(home.Address)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public NodeProcess Node(int number)
    {
        return _nodes[number];
    }

    public string NameOf(int number)
    {
        return _homes[number].Name;
    }

    /// <summary>Starts a node that has ended again, and waits until it is ready.</summary>
    public async Task StartAgainAsync(int number)
    {
        await _nodes[number].DisposeAsync();
        _nodes[number] = await NodeProcess.StartAsync(_homes[number]);
    }

    /// <summary>Waits until every node looks after jobs, and none has changed its node for a while.</summary>
    /// <returns>The ids of the jobs by the name of their node.</returns>
    public async Task<IReadOnlyDictionary<string, string[]>> SettledAsync()
    {
        var since = Stopwatch.GetTimestamp();
        Dictionary<string, string[]> jobs = [];
        await Eventually.IsAsync(
            "every node looks after jobs that stay with it",
            Limit,
            async () =>
            {
                var now = await TryReadJobsAsync();
                if (now.Values.Any(static ids => ids.Length == 0) || !IsSame(jobs, now))
                {
                    (jobs, since) = (now, Stopwatch.GetTimestamp());
                }

                return Stopwatch.GetElapsedTime(since) > Calm;
            },
            () => string.Join(", ", jobs.Select(static node => $"{node.Key}: {node.Value.Length}")));
        return jobs;
    }

    /// <summary>What the first node says of the lives of another: all rows of its name.</summary>
    public async Task<JsonElement[]> LivesAsync(int number)
    {
        var nodes = (await _nodes[0].Api.GetAsync("nodes")).GetProperty("items").EnumerateArray();
        return [.. nodes.Where(node => string.Equals(node.GetProperty("node").GetString(), NameOf(number), StringComparison.Ordinal))];
    }

    /// <summary>Checks that no total on any node's page has fallen.</summary>
    public async Task NoTotalFellAsync()
    {
        foreach (var poller in _pollers)
        {
            await poller.StopAndCheckAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var poller in _pollers)
        {
            await poller.DisposeAsync();
        }

        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        foreach (var home in _homes)
        {
            home.Dispose();
        }
    }

    /// <summary>The ids of the jobs by the name of their node; none of a node while the list is not complete.</summary>
    private async Task<Dictionary<string, string[]>> TryReadJobsAsync()
    {
        var jobs = _homes.ToDictionary(static home => home.Name, static _ => Array.Empty<string>(), StringComparer.Ordinal);
        try
        {
            foreach (var name in _homes.Select(static home => home.Name))
            {
                var items = (await _nodes[0].Api.GetAsync($"jobs?node={name}&limit=1000")).GetProperty("items").EnumerateArray();
                jobs[name] = [.. items.Select(static job => job.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
            }
        }
        catch (HttpRequestException error) when (error.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            // A shard is on its way from one node to another.
        }

        return jobs;
    }

    private static bool IsSame(Dictionary<string, string[]> one, Dictionary<string, string[]> other)
    {
        return one.Count == other.Count && one.All(node => node.Value.SequenceEqual(other[node.Key], StringComparer.Ordinal));
    }
}
