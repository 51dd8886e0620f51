using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.Extensions.Logging;

namespace Carillon.Persistence;

/// <summary>
/// A cluster's store in PostgreSQL 15 or newer. One instance per node process. Reach the server directly or through a
/// session-mode pooler; sessions carry settings that a transaction-mode pooler would lose.
/// </summary>
public sealed class PostgreSqlStore : INodeStore
{
    private readonly PostgreSqlConnections _connections;
    private readonly PostgreSqlContact _contact;
    private readonly StatementWatch _watch;
    private readonly PostgreSqlMigrations _migrations;
    private readonly PostgreSqlMembership _membership;
    private readonly PostgreSqlOwnership _ownership;
    private readonly PostgreSqlHeartbeat _heartbeat;
    private readonly PostgreSqlPartitions _partitions;
    private readonly PostgreSqlSweep _sweep;
    private readonly PostgreSqlRetention _retention;
    private readonly PostgreSqlAppend _append;
    private readonly PostgreSqlLoad _load;
    private readonly ExecutionLists _lists;
    private readonly ErrorLists _errors;

    /// <summary>Makes a store; nothing is connected before the first call.</summary>
    /// <exception cref="ArgumentException">The schema's name or the connection string is not valid.</exception>
    public PostgreSqlStore(PostgreSqlStoreOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        _connections = new PostgreSqlConnections(options);
        _contact = new PostgreSqlContact(options.ConnectionString);
        _watch = new StatementWatch(clock, loggers.CreateLogger<PostgreSqlStore>(), options.SlowQuery);
        _migrations = new PostgreSqlMigrations(_connections, options.Migrations, _watch);
        _membership = new PostgreSqlMembership(_connections, _watch);
        _ownership = new PostgreSqlOwnership(_connections);
        _heartbeat = new PostgreSqlHeartbeat(_connections, _watch);
        _partitions = new PostgreSqlPartitions(_connections, _watch);
        _sweep = new PostgreSqlSweep(_connections);
        _retention = new PostgreSqlRetention(_connections, _watch);
        _append = new PostgreSqlAppend(_connections, _partitions, _watch);
        _load = new PostgreSqlLoad(_connections);
        Operations = new PostgreSqlOperations(_connections, _watch);
        _errors = new ErrorLists(new PostgreSqlErrors(_connections));
        var reader = new PostgreSqlReader(_connections, clock);
        _lists = new ExecutionLists(reader);
        Audit = new PostgreSqlAudit(_connections, reader, _watch);
        Rollups = new PostgreSqlRollups(_connections, reader, _watch);
    }

    /// <inheritdoc/>
    public IRollupStore Rollups { get; }

    /// <inheritdoc/>
    public IOperationStore Operations { get; }

    /// <inheritdoc/>
    public IAuditStore Audit { get; }

    /// <summary>Brings the schema to the newest version; nodes that start together wait for each other.</summary>
    /// <exception cref="SchemaVersionException">
    /// The schema asks for a newer build, or would be taken from nodes of an older one that are up.
    /// </exception>
    /// <exception cref="StoreUnreachableException">The server cannot be reached, or refuses.</exception>
    public Task MigrateAsync(CancellationToken cancellationToken)
    {
        return _contact.RunAsync(() => _migrations.MigrateAsync(cancellationToken));
    }

    /// <summary>Checks that this build works with the schema, changing nothing.</summary>
    /// <exception cref="SchemaVersionException">The schema is older than this build, or asks for a newer one.</exception>
    /// <exception cref="StoreUnreachableException">The server cannot be reached, or refuses.</exception>
    public Task CheckSchemaAsync(CancellationToken cancellationToken)
    {
        return _contact.RunAsync(() => _migrations.CheckAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ClusterInfo> OpenClusterAsync(ClusterInfo expected, CancellationToken cancellationToken)
    {
        return _membership.OpenClusterAsync(expected, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<NodeRow?> JoinAsync(NodeRow node, TimeSpan lease, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("join", () => _membership.JoinAsync(node, lease, cancellationToken));
    }

    /// <inheritdoc/>
    public BeatReply? Beat(Guid incarnation, TimeSpan lease)
    {
        return _heartbeat.Beat(incarnation, lease);
    }

    /// <inheritdoc/>
    public Task<StatisticsGeneration> ResetStatisticsAsync(CancellationToken cancellationToken)
    {
        return _watch.RunAsync("reset_statistics", () => _membership.ResetStatisticsAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task SetPauseAsync(Pause? pause, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("set_pause", () => _membership.SetPauseAsync(pause, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(Guid incarnation, long beat, CancellationToken cancellationToken)
    {
        return _watch.RunAsync(
            "declare_dead", () => _membership.DeclareDeadAsync(incarnation, beat, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<bool> SetStatusAsync(Guid incarnation, NodeStatus status, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("set_status", () => _membership.SetStatusAsync(incarnation, status, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<SessionReading> ReadSessionsAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("read_sessions", () => _membership.ReadSessionsAsync(settled, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeRow>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        return _watch.RunAsync("read_nodes", () => _membership.ReadNodesAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardRow>> ReadShardsAsync(CancellationToken cancellationToken)
    {
        return _watch.RunAsync("read_shards", () => _ownership.ReadShardsAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardTerm>> ClaimAsync(
        Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("claim", () => _ownership.ClaimAsync(owner, seen, cancellationToken));
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Guid owner, IReadOnlyList<Handover> handovers, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("release", () => _ownership.ReleaseAsync(owner, handovers, cancellationToken));
    }

    /// <inheritdoc/>
    public Task LeaveAsync(Guid incarnation, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("leave", () => _membership.LeaveAsync(incarnation, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch)
    {
        return _append.AppendAsync(batch);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardRecovery>> LoadAsync(
        IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("load", () => _load.LoadAsync(terms, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ExecutionPage> ListExecutionsAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("list_executions", () => _lists.ListExecutionsAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Execution?> FindExecutionAsync(Guid executionId, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("find_execution", () => _lists.FindExecutionAsync(executionId, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttemptOutput>> ReadOutputAsync(Guid executionId, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("read_output", () => _lists.ReadOutputAsync(executionId, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<OccurrenceRecord> FindOccurrenceAsync(
        string jobId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        return _watch.RunAsync(
            "find_occurrence", () => _lists.FindOccurrenceAsync(jobId, from, until, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ErrorPage> ListErrorsAsync(ErrorQuery query, CancellationToken cancellationToken)
    {
        return _watch.RunAsync("list_errors", () => _errors.ListErrorsAsync(query, cancellationToken));
    }

    /// <inheritdoc/>
    public Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        return _partitions.PrepareAsync(now, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        return _sweep.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteExpiredAsync(Expiry before, int limit, CancellationToken cancellationToken)
    {
        return _retention.DeleteExpiredAsync(before, limit, cancellationToken);
    }

    /// <summary>Lets the append under way end and closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _append.DisposeAsync();
        _heartbeat.Dispose();
        await _connections.DisposeAsync();
    }
}
