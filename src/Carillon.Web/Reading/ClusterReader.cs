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
    private readonly SharedGather<ClusterSnapshot> _figures;

    /// <summary>Makes a reader.</summary>
    public ClusterReader(NodeContext node)
    {
        _node = node;
        _gather = new SharedGather<ClusterReading>(() => InTimeAsync(GatherAsync));
        _figures = new SharedGather<ClusterSnapshot>(() => InTimeAsync(GatherFiguresAsync));
    }

    /// <summary>Reads the whole cluster.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    /// <exception cref="TimeoutException">Not every shard answered within <see cref="Timeout"/>.</exception>
    /// <exception cref="ActorUnavailableException">A shard was closed while it was asked.</exception>
    public Task<ClusterReading> ReadAsync(CancellationToken cancellationToken)
    {
        return _gather.GetAsync(cancellationToken);
    }

    /// <summary>
    /// Reads the statistics of the whole cluster and nothing else. What they cost is bounded: jobs that share series are
    /// told together only.
    /// </summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    /// <exception cref="TimeoutException">Not every shard answered within <see cref="Timeout"/>.</exception>
    /// <exception cref="ActorUnavailableException">A shard was closed while it was asked.</exception>
    public Task<ClusterSnapshot> ReadFiguresAsync(CancellationToken cancellationToken)
    {
        return _figures.GetAsync(cancellationToken);
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

    /// <summary>As <see cref="ReadShardsAsync"/>, when it has every shard.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    public async Task<OwnedShards> ReadEveryShardAsync(CancellationToken cancellationToken)
    {
        var owned = await ReadShardsAsync(cancellationToken);
        return owned.IsComplete ? owned : throw new IncompleteClusterException(owned.Shards.Count, owned.ShardCount);
    }

    /// <summary>The worker of this node.</summary>
    public Task<WorkerState> ReadWorkerAsync(CancellationToken cancellationToken)
    {
        return _node.Worker.AskAsync<object, WorkerState>(
            static replyTo => new ReadWorker(replyTo), Timeout, cancellationToken);
    }

    /// <summary>The jobs of every shard, without their figures.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    public async Task<IReadOnlyList<JobList>> ReadJobsAsync(CancellationToken cancellationToken)
    {
        var owned = await ReadEveryShardAsync(cancellationToken);
        return await Task.WhenAll(owned.Shards.Select(shard => AskJobsAsync(shard, cancellationToken)));
    }

    /// <summary>How the audits of all shards stand.</summary>
    /// <exception cref="IncompleteClusterException">Not every shard is open.</exception>
    public async Task<AuditState> ReadAuditAsync(CancellationToken cancellationToken)
    {
        return await AskAuditsAsync(await ReadEveryShardAsync(cancellationToken), cancellationToken);
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> gather)
    {
        using var limit = new CancellationTokenSource(Timeout, _node.Clock);
        try
        {
            return await gather(limit.Token);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"not every shard answered within {Timeout.TotalSeconds} s", late);
        }
    }

    private async Task<ClusterReading> GatherAsync(CancellationToken cancellationToken)
    {
        var at = _node.Clock.Now();
        var generation = _node.Generation.Newest;
        var owned = await ReadEveryShardAsync(cancellationToken);
        var worker = ReadWorkerAsync(cancellationToken);
        var parts = AskHistoriesAsync(owned, everyJob: true, generation, cancellationToken);
        var jobs = Task.WhenAll(owned.Shards.Select(shard => AskJobsAsync(shard, cancellationToken)));
        await Task.WhenAll(worker, parts, jobs);
        var facts = Facts(owned, generation, await worker, AuditState.Of((await jobs).Select(static list => list.Audit)));
        var snapshot = ClusterSnapshot.Merge(await parts, facts);
        return new ClusterReading(snapshot, [.. (await jobs).SelectMany(static list => list.Jobs)], await worker, at);
    }

    private async Task<ClusterSnapshot> GatherFiguresAsync(CancellationToken cancellationToken)
    {
        var generation = _node.Generation.Newest;
        var owned = await ReadEveryShardAsync(cancellationToken);
        var worker = ReadWorkerAsync(cancellationToken);
        var parts = AskHistoriesAsync(owned, everyJob: false, generation, cancellationToken);
        var audit = AskAuditsAsync(owned, cancellationToken);
        var series = AskSeriesAsync(owned, generation, cancellationToken);
        await Task.WhenAll(worker, parts, audit, series);
        var facts = Facts(owned, generation, await worker, await audit);
        return ClusterSnapshot.Merge(await parts, facts, ClusterSeries.Merge(await series));
    }

    /// <summary>The parts of all shards, all of one generation.</summary>
    private static async Task<ShardHistoryPart[]> AskHistoriesAsync(
        OwnedShards owned, bool everyJob, StatisticsGeneration generation, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(owned.Shards.Select(shard => shard.History.AskAsync<object, ShardHistoryPart>(
            replyTo => new GatherHistory(generation.Number, replyTo, everyJob), Timeout, cancellationToken)));
        return Array.TrueForAll(parts, part => part.Generation == generation.Number)
            ? parts
            : throw WasReset();
    }

    private static async Task<AuditState> AskAuditsAsync(OwnedShards owned, CancellationToken cancellationToken)
    {
        var audits = await Task.WhenAll(owned.Shards.Select(shard => shard.Jobs.AskAsync<object, AuditRead>(
            static replyTo => new ReadAudit(replyTo), Timeout, cancellationToken)));
        return AuditState.Of(audits.Select(static read => read.Audit));
    }

    private static async Task<ShardSeriesPart[]> AskSeriesAsync(
        OwnedShards owned, StatisticsGeneration generation, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(owned.Shards.Select(shard => shard.Series.AskAsync<object, ShardSeriesPart>(
            replyTo => new GatherSeries(generation.Number, replyTo), Timeout, cancellationToken)));
        return Array.TrueForAll(parts, part => part.Generation == generation.Number) ? parts : throw WasReset();
    }

    private static TimeoutException WasReset()
    {
        return new TimeoutException("the statistics were reset while they were read");
    }

    private static Task<JobList> AskJobsAsync(OwnedShard shard, CancellationToken cancellationToken)
    {
        return shard.Jobs.AskAsync<object, JobList>(
            static replyTo => new ListJobs(replyTo), Timeout, cancellationToken);
    }

    private ClusterFacts Facts(
        OwnedShards owned, StatisticsGeneration generation, WorkerState worker, AuditState audit)
    {
        var now = _node.Clock.Now();
        var uptime = now - generation.StartedAt;
        return new ClusterFacts
        {
            ClusterName = _node.Cluster.Name,
            NodeName = _node.NodeName,
            Version = _node.Version,
            AuditDuplicates = audit.Duplicates,
            AuditMissed = audit.Missed,
            Generation = generation.Number,
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
