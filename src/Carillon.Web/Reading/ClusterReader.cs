using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>
/// Asks every shard for its jobs and its statistics. Everything an answer shows was committed, and nothing in it is
/// older than the question; a shard that is missing makes the whole answer fail.
/// </summary>
internal sealed class ClusterReader
{
    /// <summary>How long all shards together may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly NodeContext _node;
    private readonly SharedGather<ClusterReading> _gather;

    /// <summary>Makes a reader.</summary>
    public ClusterReader(NodeContext node)
    {
        _node = node;
        _gather = new SharedGather<ClusterReading>(GatherAsync);
    }

    /// <summary>Reads the whole cluster.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    /// <exception cref="TimeoutException">Not every shard answered within <see cref="Timeout"/>.</exception>
    /// <exception cref="ActorUnavailableException">A shard was closed while it was asked.</exception>
    public Task<ClusterReading> ReadAsync(CancellationToken cancellationToken)
    {
        return _gather.GetAsync(cancellationToken);
    }

    /// <summary>Reads one job, from its shard alone; null when there is none.</summary>
    /// <exception cref="IncompleteClusterException">The job's shard is not open.</exception>
    /// <exception cref="TimeoutException">The shard did not answer within <see cref="Timeout"/>.</exception>
    /// <exception cref="ActorUnavailableException">The shard was closed while it was asked.</exception>
    public async Task<JobRow?> ReadJobAsync(string jobId, CancellationToken cancellationToken)
    {
        var shard = await ReadShardAsync(jobId, cancellationToken);
        var known = await shard.History.AskAsync<object, JobStatisticsRead>(
            replyTo => new ReadJobStatistics(jobId, replyTo), Timeout, cancellationToken);
        var reply = await _node.Jobs.FindAsync(jobId, cancellationToken);
        return reply.Job is { } job ? JobRow.Of(job, known.Statistics) : null;
    }

    /// <summary>The shard of a job.</summary>
    /// <exception cref="IncompleteClusterException">It is not open.</exception>
    public async Task<OwnedShard> ReadShardAsync(string jobId, CancellationToken cancellationToken)
    {
        var owned = await ReadShardsAsync(cancellationToken);
        var id = ShardHash.Of(jobId, _node.Cluster.ShardCount);
        return owned.Shards.FirstOrDefault(shard => shard.Term.Shard == id)
            ?? throw new IncompleteClusterException(owned.Shards.Count, owned.ShardCount);
    }

    /// <summary>The shards that this node has open.</summary>
    public Task<OwnedShards> ReadShardsAsync(CancellationToken cancellationToken)
    {
        return _node.Region.AskAsync<object, OwnedShards>(
            static replyTo => new ReadOwnedShards(replyTo), Timeout, cancellationToken);
    }

    /// <summary>The worker of this node.</summary>
    public Task<WorkerState> ReadWorkerAsync(CancellationToken cancellationToken)
    {
        return _node.Worker.AskAsync<object, WorkerState>(
            static replyTo => new ReadWorker(replyTo), Timeout, cancellationToken);
    }

    private async Task<ClusterReading> GatherAsync()
    {
        using var limit = new CancellationTokenSource(Timeout, _node.Clock);
        try
        {
            return await GatherAsync(limit.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"not every shard answered within {Timeout.TotalSeconds} s", late);
        }
    }

    private async Task<ClusterReading> GatherAsync(CancellationToken cancellationToken)
    {
        var at = _node.Clock.Now();
        var owned = await ReadShardsAsync(cancellationToken);
        if (!owned.IsComplete)
        {
            throw new IncompleteClusterException(owned.Shards.Count, owned.ShardCount);
        }

        var worker = ReadWorkerAsync(cancellationToken);
        var parts = Task.WhenAll(owned.Shards.Select(shard => AskHistoryAsync(shard, cancellationToken)));
        var jobs = Task.WhenAll(owned.Shards.Select(shard => AskJobsAsync(shard, cancellationToken)));
        var series = Task.WhenAll(owned.Shards.Select(shard => AskSeriesAsync(shard, cancellationToken)));
        await Task.WhenAll(worker, parts, jobs, series);
        var snapshot = ClusterSnapshot.Merge(
            await parts, Facts(owned, await worker), ClusterSeries.Merge(await series));
        return new ClusterReading(snapshot, [.. (await jobs).SelectMany(static list => list.Jobs)], await worker, at);
    }

    private Task<ShardHistoryPart> AskHistoryAsync(OwnedShard shard, CancellationToken cancellationToken)
    {
        return shard.History.AskAsync<object, ShardHistoryPart>(
            replyTo => new GatherHistory(_node.Cluster.StatsGeneration, replyTo), Timeout, cancellationToken);
    }

    private static Task<ShardSeriesPart> AskSeriesAsync(OwnedShard shard, CancellationToken cancellationToken)
    {
        return shard.Series.AskAsync<object, ShardSeriesPart>(
            static replyTo => new GatherSeries(replyTo), Timeout, cancellationToken);
    }

    private static Task<JobList> AskJobsAsync(OwnedShard shard, CancellationToken cancellationToken)
    {
        return shard.Jobs.AskAsync<object, JobList>(
            static replyTo => new ListJobs(replyTo), Timeout, cancellationToken);
    }

    private ClusterFacts Facts(OwnedShards owned, WorkerState worker)
    {
        var now = _node.Clock.Now();
        var uptime = now - _node.Cluster.GenerationStartedAt;
        return new ClusterFacts
        {
            ClusterName = _node.Cluster.Name,
            NodeName = _node.NodeName,
            Version = _node.Version,
            Generation = _node.Cluster.StatsGeneration,
            Uptime = uptime > TimeSpan.Zero ? uptime : TimeSpan.Zero,
            ShardsTotal = owned.ShardCount,
            ShardsOwned = owned.Shards.Count,
            Nodes = [.. _node.Directory.Nodes.Values.Select(node => Facts(node, worker, now))],
            Queues = [.. worker.Queues.Select(queue => Facts(queue, now))],
        };
    }

    private static QueueFacts Facts(QueueState queue, DateTimeOffset now)
    {
        return new QueueFacts(queue.Name, queue.Length, Ages.Of(queue.OldestDueAt, now));
    }

    private NodeFacts Facts(NodeRow row, WorkerState worker, DateTimeOffset now)
    {
        if (row.Incarnation != _node.Incarnation)
        {
            return new NodeFacts
            {
                Name = row.Name,
                Status = row.Status,
                Age = Ages.OfHeartbeat(row, _node.Lease, now),
            };
        }

        return new NodeFacts
        {
            Name = row.Name,
            Status = row.Status,
            ActiveSlots = worker.Active,
            IdleSlots = Math.Max(0, worker.Slots - worker.Active),
            ClockSkew = -_node.Clock.Skew,
            LeaseHeadroom = _node.Lease.Headroom,
        };
    }
}
