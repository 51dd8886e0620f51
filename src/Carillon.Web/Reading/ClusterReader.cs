using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>
/// Reads jobs and statistics from their shards, wherever these are. Everything an answer shows was committed, and
/// nothing in it is older than the question; a shard that is missing makes the whole answer fail.
/// </summary>
internal sealed class ClusterReader
{
    /// <summary>How long all shards together may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly NodeContext _node;
    private readonly NodesReader _nodes;
    private readonly ShardGather _shards;
    private readonly GenerationGather _generations;
    private readonly SharedGather<ClusterReading> _gather;
    private readonly SharedGather<ClusterSnapshot> _figures;

    /// <summary>Makes a reader.</summary>
    public ClusterReader(NodeContext node, NodesReader nodes)
    {
        _node = node;
        _nodes = nodes;
        _shards = new ShardGather(node.Incarnation, node.Region, node.Membership, node.Log, node.Clock);
        _generations = new GenerationGather(node.Generation, node.Membership, node.Cluster);
        _gather = new SharedGather<ClusterReading>(() => InTimeAsync(GatherAsync));
        _figures = new SharedGather<ClusterSnapshot>(() => InTimeAsync(GatherFiguresAsync));
    }

    private long Newest => _node.Generation.Newest.Number;

    /// <summary>Reads the whole cluster.</summary>
    /// <exception cref="TimeoutException">Not every shard answered within <see cref="Timeout"/>.</exception>
    public Task<ClusterReading> ReadAsync(CancellationToken cancellationToken)
    {
        return _gather.GetAsync(cancellationToken);
    }

    /// <summary>
    /// Reads the statistics of the whole cluster and nothing else. What they cost is bounded: jobs that share series are
    /// told together only.
    /// </summary>
    /// <exception cref="TimeoutException">Not every shard answered within <see cref="Timeout"/>.</exception>
    public Task<ClusterSnapshot> ReadFiguresAsync(CancellationToken cancellationToken)
    {
        return _figures.GetAsync(cancellationToken);
    }

    /// <summary>Reads one job, from its shard alone; null when there is none.</summary>
    /// <exception cref="TimeoutException">The shard did not answer within <see cref="Timeout"/>.</exception>
    public async Task<JobRow?> ReadJobAsync(string jobId, CancellationToken cancellationToken)
    {
        var question = new ShardQuestion<JobAnswer>(
            async (shard, given) =>
            {
                var known = AskHistoryAsync<JobStatisticsRead>(shard, replyTo => new ReadJobStatistics(jobId, replyTo), given);
                var job = (await _node.Jobs.FindAsync(jobId, given)).Job;
                return new JobAnswer(job, await known);
            },
            recovery => Recorded(recovery).Statistics(Newest, jobId) is { } known
                ? new JobAnswer(recovery.Jobs.FirstOrDefault(job => string.Equals(job.Id, jobId, StringComparison.Ordinal)), known)
                : null,
            static answer => [answer.Known.Term]);
        var answer = await ReadOneAsync(question, ShardOf(jobId), cancellationToken);
        return answer.Job is { } job ? JobRow.Of(job, answer.Known.Statistics) : null;
    }

    /// <summary>The jobs of every shard, without their figures.</summary>
    public Task<IReadOnlyList<JobList>> ReadJobsAsync(CancellationToken cancellationToken)
    {
        return ReadEveryAsync(new ShardQuestion<JobList>(AskJobsAsync, Jobs, static list => [list.Term]), cancellationToken);
    }

    /// <summary>How the audits of all shards stand.</summary>
    public async Task<AuditState> ReadAuditAsync(CancellationToken cancellationToken)
    {
        var reads = await ReadEveryAsync(
            new ShardQuestion<AuditRead>(
                AskAuditAsync,
                static recovery => new AuditRead(recovery.Term, recovery.Audit),
                static read => [read.Term]),
            cancellationToken);
        return AuditState.Of(reads.Select(static read => read.Audit));
    }

    /// <summary>The roll-ups of one job, or of all, that are newer than their recorded form.</summary>
    public async Task<IReadOnlyList<Rollup>> ReadUnsavedAsync(string? jobId, CancellationToken cancellationToken)
    {
        var question = new ShardQuestion<UnsavedRollups>(
            (shard, given) => AskHistoryAsync<UnsavedRollups>(
                shard, replyTo => jobId is null ? new ReadRollups(replyTo) : new ReadJobRollups(jobId, replyTo), given),
            recovery => Recorded(recovery).Rollups(jobId),
            static read => [read.Term]);
        return jobId is null
            ? [.. (await ReadEveryAsync(question, cancellationToken)).SelectMany(static part => part.Rollups)]
            : (await ReadOneAsync(question, ShardOf(jobId), cancellationToken)).Rollups;
    }

    /// <summary>One operation by its labels, or all of them.</summary>
    public async Task<IReadOnlyList<OperationStatistics>> ReadOperationsAsync(string? name, CancellationToken cancellationToken)
    {
        var question = new ShardQuestion<OperationRead>(
            (shard, given) => _node.Region.AskAsync<object, OperationRead>(
                replyTo => new ToSeries(shard, new ReadOperation(name, Newest, replyTo)), Timeout, given),
            recovery => Recorded(recovery).Operations(Newest, name),
            static read => [read.Term]);
        if (name is null)
        {
            return [.. (await ReadEveryAsync(question, cancellationToken)).SelectMany(static part => part.Operations)];
        }

        var shard = new SeriesName(MetricKind.Operation, name).ShardOf(_node.Cluster.ShardCount);
        return (await ReadOneAsync(question, shard, cancellationToken)).Operations;
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> gather)
        where T : class
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
        var nodes = _nodes.ReadAsync(cancellationToken);
        var (generation, shards) = await _generations.ReadAsync(
            generation => _shards.ReadAsync(EverythingIn(generation), EveryShard(), cancellationToken),
            static shards => shards.Items.Select(static shard => shard.History.Generation),
            cancellationToken);
        var facts = new ClusterFactsReader(_node).Read(
            generation, await nodes, AuditState.Of(shards.Items.Select(static shard => shard.Jobs.Audit)), shards.FromStore);
        var snapshot = ClusterSnapshot.Merge(shards.Items.Select(static shard => shard.History), facts);
        return new ClusterReading(snapshot, [.. shards.Items.SelectMany(static shard => shard.Jobs.Jobs)], await nodes, Owners(), at);
    }

    private async Task<ClusterSnapshot> GatherFiguresAsync(CancellationToken cancellationToken)
    {
        var nodes = _nodes.ReadAsync(cancellationToken);
        var (generation, shards) = await _generations.ReadAsync(
            generation => _shards.ReadAsync(FiguresIn(generation), EveryShard(), cancellationToken),
            static shards => shards.Items.SelectMany(static shard => new[] { shard.History.Generation, shard.Series.Generation }),
            cancellationToken);
        var facts = new ClusterFactsReader(_node).Read(
            generation, await nodes, AuditState.Of(shards.Items.Select(static shard => shard.Audit.Audit)), shards.FromStore);
        return ClusterSnapshot.Merge(
            shards.Items.Select(static shard => shard.History), facts, ClusterSeries.Merge(shards.Items.Select(static shard => shard.Series)));
    }

    private ShardQuestion<ShardReading> EverythingIn(StatisticsGeneration generation)
    {
        return new ShardQuestion<ShardReading>(
            async (shard, given) =>
            {
                var history = AskHistoryAsync(shard, generation, everyJob: true, given);
                var jobs = AskJobsAsync(shard, given);
                return new ShardReading(await history, await jobs);
            },
            recovery => Recorded(recovery).History(generation.Number, everyJob: true) is { } history
                ? new ShardReading(history, Jobs(recovery))
                : null,
            static reading => [reading.History.Term, reading.Jobs.Term]);
    }

    private ShardQuestion<ShardFigures> FiguresIn(StatisticsGeneration generation)
    {
        return new ShardQuestion<ShardFigures>(
            async (shard, given) =>
            {
                var history = AskHistoryAsync(shard, generation, everyJob: false, given);
                var series = _node.Region.AskAsync<object, ShardSeriesPart>(
                    replyTo => new ToSeries(shard, new GatherSeries(generation.Number, replyTo)), Timeout, given);
                var audit = AskAuditAsync(shard, given);
                return new ShardFigures(await history, await series, await audit);
            },
            recovery =>
            {
                var recorded = Recorded(recovery);
                return recorded.History(generation.Number, everyJob: false) is { } history
                    ? new ShardFigures(history, recorded.Series(generation.Number), new AuditRead(recovery.Term, recovery.Audit))
                    : null;
            },
            static figures => [figures.History.Term, figures.Series.Term, figures.Audit.Term]);
    }

    private async Task<IReadOnlyList<T>> ReadEveryAsync<T>(ShardQuestion<T> question, CancellationToken cancellationToken)
        where T : class
    {
        return (await _shards.ReadAsync(question, EveryShard(), cancellationToken)).Items;
    }

    private async Task<T> ReadOneAsync<T>(ShardQuestion<T> question, int shard, CancellationToken cancellationToken)
        where T : class
    {
        return (await _shards.ReadAsync(question, [shard], cancellationToken)).Items[0];
    }

    private Task<ShardHistoryPart> AskHistoryAsync(
        int shard, StatisticsGeneration generation, bool everyJob, CancellationToken cancellationToken)
    {
        return AskHistoryAsync<ShardHistoryPart>(
            shard, replyTo => new GatherHistory(generation.Number, replyTo, everyJob), cancellationToken);
    }

    private Task<T> AskHistoryAsync<T>(int shard, Func<IActorRef<T>, object> question, CancellationToken cancellationToken)
        where T : class
    {
        return _node.Region.AskAsync<object, T>(replyTo => new ToHistory(shard, question(replyTo)), Timeout, cancellationToken);
    }

    private Task<JobList> AskJobsAsync(int shard, CancellationToken cancellationToken)
    {
        return _node.Region.AskAsync<object, JobList>(
            replyTo => new ToJobs(shard, new ListJobs(replyTo)), Timeout, cancellationToken);
    }

    private Task<AuditRead> AskAuditAsync(int shard, CancellationToken cancellationToken)
    {
        return _node.Region.AskAsync<object, AuditRead>(
            replyTo => new ToJobs(shard, new ReadAudit(replyTo)), Timeout, cancellationToken);
    }

    private RecordedShard Recorded(ShardRecovery recovery)
    {
        return new RecordedShard(recovery, _node.HistoryOptions, _node.SeriesOptions, _node.Clock.Now());
    }

    private static JobList Jobs(ShardRecovery recovery)
    {
        return new JobList(recovery.Term, recovery.Jobs) { Audit = recovery.Audit };
    }

    private IReadOnlyList<string?> Owners()
    {
        var nodes = _node.Directory.Nodes;
        return [.. _node.Shards.Rows.Select(row => row.Owner is { } owner ? nodes.GetValueOrDefault(owner)?.Name : null)];
    }

    private int ShardOf(string jobId)
    {
        return ShardHash.Of(jobId, _node.Cluster.ShardCount);
    }

    private int[] EveryShard()
    {
        return [.. Enumerable.Range(0, _node.Cluster.ShardCount)];
    }

    private sealed record JobAnswer(Job? Job, JobStatisticsRead Known);

    private sealed record ShardReading(ShardHistoryPart History, JobList Jobs);

    private sealed record ShardFigures(ShardHistoryPart History, ShardSeriesPart Series, AuditRead Audit);
}
