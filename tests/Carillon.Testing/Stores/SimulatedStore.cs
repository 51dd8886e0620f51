using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Testing;

/// <summary>
/// One node's way to a <see cref="SimulatedDatabase"/>: every port of a store, in memory. Calls complete inline, or
/// after delays on the database's clock, and go wrong when the test says so.
/// </summary>
public sealed class SimulatedStore : IClusterStore, IShardLog, IJobStore, IOperationStore, IStoreMaintenance, IAsyncDisposable
{
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(700);

    private readonly SimulatedDatabase _database;
    private readonly Guid _incarnation;
    private volatile bool _killed;

    /// <summary>Connects <paramref name="incarnation"/> to <paramref name="database"/>.</summary>
    /// <param name="database">The rows.</param>
    /// <param name="incarnation">The node.</param>
    /// <param name="faults">What goes wrong on the way; null for faults of its own.</param>
    public SimulatedStore(SimulatedDatabase database, Guid incarnation, StoreFaults? faults = null)
    {
        Faults = faults ?? new StoreFaults();
        _database = database;
        _incarnation = incarnation;
        database.Connect(incarnation);
    }

    /// <summary>What goes wrong on this node's way to the store.</summary>
    public StoreFaults Faults { get; }

    /// <summary>Calls that have not come back.</summary>
    public int InFlight { get; private set; }

    /// <summary>Ends the node's sessions.</summary>
    public void Disconnect()
    {
        _database.Disconnect(_incarnation);
    }

    /// <summary>
    /// What the death of a process does to its calls: requests on their way change nothing, answers reach nobody, and
    /// its sessions end.
    /// </summary>
    public void Kill()
    {
        _killed = true;
        Disconnect();
    }

    /// <inheritdoc/>
    public Task<ClusterInfo> OpenClusterAsync(ClusterInfo expected, CancellationToken cancellationToken)
    {
        return CallAsync("open_cluster", () => _database.OpenCluster(expected), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<NodeRow?> JoinAsync(NodeRow node, TimeSpan lease, CancellationToken cancellationToken)
    {
        return CallAsync("join", () => _database.Join(node, lease), cancellationToken);
    }

    /// <inheritdoc/>
    public BeatReply? Beat(Guid incarnation, TimeSpan lease)
    {
        var fault = Faults.Decide("beat");
        ThrowIf(_killed || fault is StoreFault.FailBefore, "beat");
        _database.Connect(_incarnation);
        var reply = _database.Read(() => _database.Beat(incarnation, lease));
        ThrowIf(fault is StoreFault.FailAfter, "beat");
        return reply;
    }

    /// <inheritdoc/>
    public Task<StatisticsGeneration> ResetStatisticsAsync(CancellationToken cancellationToken)
    {
        return CallAsync("reset_statistics", _database.ResetStatistics, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SetPauseAsync(Pause? pause, CancellationToken cancellationToken)
    {
        return CallAsync("set_pause", () => _database.SetPause(pause), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeclareDeadAsync(Guid incarnation, long beat, CancellationToken cancellationToken)
    {
        return CallAsync("declare_dead", () => _database.DeclareDead(incarnation, beat), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SetStatusAsync(Guid incarnation, NodeStatus status, CancellationToken cancellationToken)
    {
        return CallAsync("set_status", () => _database.SetStatus(incarnation, status), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SessionReading> ReadSessionsAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        return CallAsync("read_sessions", () => _database.ReadSessions(_incarnation), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeRow>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        return CallAsync("read_nodes", _database.ReadNodes, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardRow>> ReadShardsAsync(CancellationToken cancellationToken)
    {
        return CallAsync("read_shards", () => _database.Shards, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardTerm>> ClaimAsync(
        Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken)
    {
        return CallAsync("claim", () => _database.Claim(owner, seen), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Guid owner, IReadOnlyList<Handover> handovers, CancellationToken cancellationToken)
    {
        return CallAsync("release", () => _database.Release(owner, handovers), cancellationToken);
    }

    /// <inheritdoc/>
    public Task LeaveAsync(Guid incarnation, CancellationToken cancellationToken)
    {
        return CallAsync("leave", () => _database.Leave(incarnation), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch)
    {
        var fault = Faults.Decide("append");
        return CallAsync("append", fault is StoreFault.None ? Faults.DecideAppend(batch) : fault, () => _database.Append(batch), CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ShardRecovery>> LoadAsync(
        IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken)
    {
        return CallAsync<IReadOnlyList<ShardRecovery>>(
            "load", () => terms.Select(_database.Load).ToArray(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ExecutionPage> ListExecutionsAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        return CallAsync("list_executions", () => _database.List(query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Execution?> FindExecutionAsync(Guid executionId, CancellationToken cancellationToken)
    {
        return CallAsync("find_execution", () => _database.Find(executionId), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttemptOutput>> ReadOutputAsync(Guid executionId, CancellationToken cancellationToken)
    {
        return CallAsync("read_output", () => _database.OutputOf(executionId), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<OccurrenceRecord> FindOccurrenceAsync(
        string jobId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        return CallAsync("find_occurrence", () => _database.FindOccurrence(jobId, from, until), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ErrorPage> ListErrorsAsync(ErrorQuery query, CancellationToken cancellationToken)
    {
        return CallAsync("list_errors", () => _database.ListErrors(query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        return CallAsync("prepare", () => true, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReadAsync(OperationRange range, Action<OperationRollup> read, CancellationToken cancellationToken)
    {
        return CallAsync("read_operation", () => _database.Read(range, read), cancellationToken);
    }

    /// <inheritdoc/>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        return CallAsync("sweep", static () => true, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteExpiredAsync(Expiry before, int limit, CancellationToken cancellationToken)
    {
        return CallAsync("delete_expired", () => _database.DeleteExpired(before, limit), cancellationToken);
    }

    /// <summary>The figures of past minutes and hours.</summary>
    public IRollupStore Rollups => new SimulatedRollups(this);

    /// <summary>The reads of the audit.</summary>
    public IAuditStore Audit => new SimulatedAudit(this);

    internal Task<T> ReadAsync<T>(string call, Func<SimulatedDatabase, T> read, CancellationToken cancellationToken)
    {
        return CallAsync(call, () => read(_database), cancellationToken);
    }

    /// <summary>Ends the node's sessions.</summary>
    public ValueTask DisposeAsync()
    {
        Disconnect();
        return ValueTask.CompletedTask;
    }

    private static void ThrowIf(bool fails, string call)
    {
        if (fails)
        {
            throw new StoreUnavailableException(call);
        }
    }

    private Task<T> CallAsync<T>(string call, Func<T> work, CancellationToken cancellationToken)
    {
        return CallAsync(call, Faults.Decide(call), work, cancellationToken);
    }

    private async Task<T> CallAsync<T>(string call, StoreFault fault, Func<T> work, CancellationToken cancellationToken)
    {
        InFlight++;
        try
        {
            return await TravelAsync(call, fault, work, cancellationToken);
        }
        finally
        {
            InFlight--;
        }
    }

    private async Task<T> TravelAsync<T>(string call, StoreFault fault, Func<T> work, CancellationToken cancellationToken)
    {
        await DelayAsync(Faults.RequestDelay, cancellationToken);
        await HangIfAsync((_killed && fault is not StoreFault.HangAfter) || fault is StoreFault.HangBefore, cancellationToken);
        ThrowIf(fault is StoreFault.FailBefore, call);
        if (fault is StoreFault.Late)
        {
            _ = ArriveLateAsync(work);
            throw new StoreUnavailableException(call);
        }

        if (fault is StoreFault.Refuse)
        {
            throw new AppendRejectedException("the simulated store refuses a value");
        }

        if (!_killed)
        {
            _database.Connect(_incarnation);
        }

        var answer = _database.Read(work);
        await DelayAsync(Faults.ReplyDelay, cancellationToken);
        await HangIfAsync(_killed || fault is StoreFault.HangAfter, cancellationToken);
        ThrowIf(fault is StoreFault.FailAfter, call);
        return answer;
    }

    private async Task ArriveLateAsync<T>(Func<T> work)
    {
        await Task.Delay(Lateness, _database.Clock);
        if (!_killed)
        {
            try
            {
                _database.Read(work);
            }
            catch (AppendRejectedException)
            {
                // Nobody is there any more to be told.
            }
        }
    }

    private static Task HangIfAsync(bool hangs, CancellationToken cancellationToken)
    {
        return hangs ? new TaskCompletionSource().Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        return delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(delay, _database.Clock, cancellationToken);
    }
}
