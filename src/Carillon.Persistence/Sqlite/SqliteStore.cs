using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.Extensions.Logging;

namespace Carillon.Persistence;

/// <summary>
/// The store of a single node, embedded: one SQLite file on a local disk, written by one thread. A lock file beside it
/// keeps other processes away, and with it every question of who lives.
/// </summary>
public sealed class SqliteStore : INodeStore
{
    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;
    private readonly SqliteReader _reader;
    private readonly StatementWatch _watch;
    private readonly SqliteMigrations _migrations;
    private readonly SqliteMembership _membership;
    private readonly SqliteRetention _retention;
    private readonly SqliteLoad _load;
    private readonly ExecutionLists _lists;
    private readonly ErrorLists _errors;

    /// <summary>Makes a store; nothing is opened before the first call.</summary>
    public SqliteStore(SqliteStoreOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        _watch = new StatementWatch(clock, loggers.CreateLogger<SqliteStore>(), options.SlowQuery);
        _database = new SqliteDatabase(options.Path);
        _writer = new SqliteWriter(_database, _watch);
        _reader = new SqliteReader(_database);
        Operations = new SqliteOperations(_reader, _watch);
        _migrations = new SqliteMigrations(_database, _writer, _watch);
        _membership = new SqliteMembership(clock);
        _retention = new SqliteRetention(clock);
        _load = new SqliteLoad(clock);
        _errors = new ErrorLists(new SqliteErrors(_reader));
        _lists = new ExecutionLists(_reader);
        Audit = new SqliteAudit(_reader, _watch);
        Rollups = new SqliteRollups(_reader, _watch);
    }

    /// <inheritdoc/>
    public IRollupStore Rollups { get; }

    /// <inheritdoc/>
    public IOperationStore Operations { get; }

    /// <inheritdoc/>
    public IAuditStore Audit { get; }

    /// <summary>
    /// Takes the lock of the data directory, making the directory when it is missing. Migrating and checking the schema
    /// do so too.
    /// </summary>
    /// <exception cref="StoreInUseException">Another process holds it.</exception>
    /// <exception cref="DataDirectoryException">It cannot be made or written.</exception>
    public void LockDataDirectory()
    {
        _database.Hold();
    }

    /// <summary>Brings the schema to the newest version.</summary>
    /// <exception cref="StoreInUseException">Another process holds the data directory.</exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be made or written.</exception>
    /// <exception cref="SchemaVersionException">The schema is newer than this build.</exception>
    /// <exception cref="StoreFailedException">The file is no SQLite database, is damaged, or cannot grow.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _migrations.MigrateAsync();
        await _writer.RunAsync("declare_crashed", _membership.DeclareCrashed);
    }

    /// <summary>Checks that the schema is the newest.</summary>
    /// <exception cref="StoreInUseException">Another process holds the data directory.</exception>
    /// <exception cref="DataDirectoryException">The data directory cannot be made or written.</exception>
    /// <exception cref="SchemaVersionException">The schema is older or newer than this build.</exception>
    /// <exception cref="StoreFailedException">The file is no SQLite database, is damaged, or cannot grow.</exception>
    public async Task CheckSchemaAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _migrations.CheckAsync();
        await _writer.RunAsync("declare_crashed", _membership.DeclareCrashed);
    }

    /// <inheritdoc/>
    public Task<ClusterInfo> OpenClusterAsync(ClusterInfo expected, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("open_cluster", session => SqliteMembership.OpenCluster(session, expected));
    }

    /// <inheritdoc/>
    public Task<NodeRow?> JoinAsync(NodeRow node, TimeSpan lease, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("join", session => _membership.Join(session, node, lease));
    }

    /// <inheritdoc/>
    public BeatReply? Beat(Guid incarnation, TimeSpan lease)
    {
        return _writer.Run("beat", session => _membership.Beat(session, incarnation, lease));
    }

    /// <inheritdoc/>
    public Task<StatisticsGeneration> ResetStatisticsAsync(CancellationToken cancellationToken)
    {
        return _writer.RunAsync("reset_statistics", _membership.ResetStatistics);
    }

    /// <inheritdoc/>
    public Task SetPauseAsync(Pause? pause, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("set_pause", session => SqliteMembership.SetPause(session, pause));
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(Guid incarnation, long beat, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("declare_dead", session => _membership.DeclareDead(session, incarnation, beat));
    }

    /// <inheritdoc/>
    public Task<bool> SetStatusAsync(Guid incarnation, NodeStatus status, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("set_status", session => SqliteMembership.SetStatus(session, incarnation, status));
    }

    /// <inheritdoc/>
    public Task<SessionReading> ReadSessionsAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        return _watch.RunAsync(
            "read_sessions", () => _reader.ReadAsync(SqliteMembership.ReadSessions, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeRow>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        return _watch.RunAsync("read_nodes", () => _reader.ReadAsync(_membership.ReadNodes, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardRow>> ReadShardsAsync(CancellationToken cancellationToken)
    {
        return _watch.RunAsync("read_shards", () => _reader.ReadAsync(SqliteMembership.ReadShards, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardTerm>> ClaimAsync(
        Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("claim", session => _membership.Claim(session, owner, seen));
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Guid owner, IReadOnlyList<Handover> handovers, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("release", session => SqliteMembership.Release(session, owner, handovers));
    }

    /// <inheritdoc/>
    public Task LeaveAsync(Guid incarnation, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("leave", session => SqliteMembership.Leave(session, incarnation));
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch)
    {
        return _writer.AppendAsync(append => append.Append(batch));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardRecovery>> LoadAsync(
        IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken)
    {
        return _watch.RunAsync(
            "load", () => _reader.ReadAsync(session => _load.Load(session, terms), cancellationToken));
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

    /// <summary>Nothing to do: the file grows by itself.</summary>
    public Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    /// <summary>Nothing to do: what has ended leaves nothing behind in an index.</summary>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> DeleteExpiredAsync(Expiry before, int limit, CancellationToken cancellationToken)
    {
        return _writer.RunAsync("delete_expired", session => _retention.DeleteExpired(session, before, limit));
    }

    /// <summary>Lets the write under way end, closes the file and gives up the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _database.Dispose();
    }
}
