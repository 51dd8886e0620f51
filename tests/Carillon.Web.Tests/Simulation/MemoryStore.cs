using System.Globalization;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Web.Tests;

/// <summary>A store in memory: one node, nothing fenced, everything kept.</summary>
internal sealed class MemoryStore : IShardLog, IClusterStore, IJobStore, IOperationStore, IAuditStore
{
    private readonly Lock _gate = new();
    private readonly Guid _node;
    private StatisticsGeneration _generation = new(0, DateTimeOffset.UnixEpoch);
    private readonly ShardRow[] _shards;
    private readonly List<OperationRollup> _rollups = [];
    private readonly Dictionary<(string JobId, DateTimeOffset At), List<Attempt>> _executions = [];
    private readonly List<RecordedStretch> _stretches = [];
    private readonly List<AuditFinding> _findings = [];

    public MemoryStore(Guid node, int shards)
    {
        _node = node;
        _shards = [.. Enumerable.Range(0, shards).Select(id => new ShardRow(id, null, 0))];
    }

    /// <summary>What reading the node rows throws, for tests of a store that is down.</summary>
    public Exception? MembershipFailure { get; set; }

    /// <summary>The figures of past periods.</summary>
    public MemoryRollups Rollups { get; } = new();

    /// <summary>The pause of the scheduler.</summary>
    public Pause? Pause { get; private set; }

    /// <summary>What reading executions throws.</summary>
    public Exception? ExecutionsFailure { get; set; }

    /// <summary>The shard has had owners that died one after the other, the last one just now.</summary>
    public void Condemn(int shard)
    {
        lock (_gate)
        {
            _shards[shard] = new ShardRow(shard, Guid.NewGuid(), _shards[shard].Epoch + 1)
            {
                Adopted = Quarantine.MostAdoptions + 1,
                TakenAt = TimeProvider.System.Now(),
            };
        }
    }

    public Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch)
    {
        lock (_gate)
        {
            foreach (var fact in batch.Events)
            {
                Apply(fact);
            }
        }

        return Task.FromResult<IReadOnlySet<int>>(new HashSet<int>());
    }

    public Task<IReadOnlyList<ShardRecovery>> LoadAsync(
        IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken)
    {
        var empty = terms.Select(static term => new ShardRecovery { Term = term });
        return Task.FromResult<IReadOnlyList<ShardRecovery>>([.. empty]);
    }

    public Task ReadAsync(OperationRange range, Action<OperationRollup> read, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _rollups.Where(range.Holds).ToList().ForEach(read);
        }

        return Task.CompletedTask;
    }

    public Task<ClusterInfo> OpenClusterAsync(ClusterInfo expected, CancellationToken cancellationToken)
    {
        return Task.FromResult(expected);
    }

    public Task<NodeRow?> JoinAsync(NodeRow node, TimeSpan lease, CancellationToken cancellationToken)
    {
        return Task.FromResult<NodeRow?>(null);
    }

    public BeatReply? Beat(Guid incarnation, TimeSpan lease)
    {
        return new BeatReply(TimeProvider.System.Now(), Pause, _generation, NodeStatus.Up);
    }

    public Task<StatisticsGeneration> ResetStatisticsAsync(CancellationToken cancellationToken)
    {
        _generation = new StatisticsGeneration(_generation.Number + 1, TimeProvider.System.Now());
        return Task.FromResult(_generation);
    }

    public Task SetPauseAsync(Pause? pause, CancellationToken cancellationToken)
    {
        Pause = pause;
        return Task.CompletedTask;
    }

    public Task<bool> DeclareDeadAsync(Guid incarnation, long beat, CancellationToken cancellationToken)
    {
        return Task.FromResult(false);
    }

    public Task<bool> SetStatusAsync(Guid incarnation, NodeStatus status, CancellationToken cancellationToken)
    {
        return Task.FromResult(false);
    }

    public Task<SessionReading> ReadSessionsAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        return Task.FromResult(new SessionReading(new HashSet<Guid> { _node }, TimeSpan.MaxValue, Doubt: null));
    }

    public Task<IReadOnlyList<NodeRow>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        return MembershipFailure is { } failure
            ? Task.FromException<IReadOnlyList<NodeRow>>(failure)
            : Task.FromResult<IReadOnlyList<NodeRow>>([Row()]);
    }

    public Task<IReadOnlyList<ShardRow>> ReadShardsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ShardRow>>([.. _shards]);
        }
    }

    public Task<IReadOnlyList<ShardTerm>> ClaimAsync(
        Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var term in seen)
            {
                _shards[term.Shard] = new ShardRow(term.Shard, owner, term.Epoch + 1);
            }
        }

        var taken = seen.Select(static term => term with { Epoch = term.Epoch + 1 });
        return Task.FromResult<IReadOnlyList<ShardTerm>>([.. taken]);
    }

    public Task ReleaseAsync(Guid owner, IReadOnlyList<Handover> handovers, CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    public Task LeaveAsync(Guid incarnation, CancellationToken cancellationToken)
    {
        return Task.CompletedTask;
    }

    public Task<ExecutionPage> ListExecutionsAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        if (ExecutionsFailure is { } failure)
        {
            return Task.FromException<ExecutionPage>(failure);
        }

        var skip = query.Cursor is null ? 0
            : int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at
            : throw new InvalidCursorException(query.Cursor);
        lock (_gate)
        {
            var all = _executions
                .Where(e => query.JobId is null || string.Equals(e.Key.JobId, query.JobId, StringComparison.Ordinal))
                .Where(e => query.Trigger is null || e.Value[0].Trigger == query.Trigger)
                .OrderByDescending(e => e.Key.At)
                .Select(e => Execution(e.Key.JobId, e.Key.At, e.Value))
                .ToList();
            var page = all.Skip(skip).Take(query.Limit).ToList();
            var next = skip + page.Count < all.Count ? $"{skip + page.Count}" : null;
            return Task.FromResult(new ExecutionPage(page, next, all.Count, true));
        }
    }

    public Task<Execution?> FindExecutionAsync(Guid executionId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_executions
                .Where(e => ExecutionId.Of(e.Key.JobId, e.Key.At) == executionId)
                .Select(e => Execution(e.Key.JobId, e.Key.At, e.Value))
                .FirstOrDefault());
        }
    }

    public async Task<IReadOnlyList<AttemptOutput>> ReadOutputAsync(Guid executionId, CancellationToken cancellationToken)
    {
        var attempts = (await FindExecutionAsync(executionId, cancellationToken))?.Attempts ?? [];
        return
        [
            .. attempts.Where(static a => a.Result?.Output is not null)
                .Select(static a => new AttemptOutput(a.Key.Attempt, a.Result!.Output!)),
        ];
    }

    public Task<OccurrenceRecord> FindOccurrenceAsync(
        string jobId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var first = _executions
                .Where(e => string.Equals(e.Key.JobId, jobId, StringComparison.Ordinal) && e.Key.At >= from && e.Key.At < until)
                .OrderBy(e => e.Key.At)
                .Select(e => Execution(e.Key.JobId, e.Key.At, e.Value))
                .FirstOrDefault();
            var stretch = _stretches.FindLast(s => string.Equals(s.Run.JobId, jobId, StringComparison.Ordinal) && s.Run.From < until);
            return Task.FromResult(new OccurrenceRecord(first, stretch?.Run.To >= from ? stretch : null));
        }
    }

    public Task<ErrorPage> ListErrorsAsync(ErrorQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(SimulatedDatabase.ErrorsOf(_executions.Values.SelectMany(static e => e), query));
        }
    }

    public Task<IReadOnlyList<AttemptKey>> ReadOccurrencesAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyList<AttemptKey>>([]);
    }

    public Task<RepeatedExecutions> ReadRepeatedAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return Task.FromResult(new RepeatedExecutions([], CutAt: null));
    }

    public Task<IReadOnlyList<OccurrenceRun>> ReadStretchesAsync(
        IReadOnlyList<string> jobIds, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyList<OccurrenceRun>>([]);
    }

    public Task<IReadOnlyList<AuditFinding>> ListFindingsAsync(FindingQuery query, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<AuditFinding>>(
                [.. _findings.Where(f => query.Kind is null || f.Kind == query.Kind).Take(query.Limit)]);
        }
    }

    private NodeRow Row()
    {
        return new NodeRow
        {
            Incarnation = _node,
            Name = SimulatedNode.Name,
            Advertise = "http://127.0.0.1:8000",
            Version = "1.2.3",
            StartedAt = TimeProvider.System.Now(),
            LeaseUntil = TimeProvider.System.Now() + TimeSpan.FromSeconds(6),
        };
    }

    private Execution Execution(string jobId, DateTimeOffset at, List<Attempt> attempts)
    {
        return new Execution(jobId, at, [.. attempts], new Dictionary<Guid, string> { [_node] = SimulatedNode.Name });
    }

    private void Apply(in ShardEvent fact)
    {
        var (no, at, epoch) = (fact.No, fact.At, fact.Term.Epoch);
        switch (fact.Write)
        {
            case PlanAttempt { Attempt: var attempt }:
                var starts = attempt.StartedAt is not null;
                Attempts(attempt.Key).Add(attempt with
                {
                    PlannedNo = no,
                    StartedNo = starts ? no : null,
                    Epoch = starts ? epoch : 0,
                });
                break;
            case StartAttempt start:
                Change(start.Key, a => a with
                {
                    StartedNo = no,
                    StartedAt = start.StartedAt,
                    Node = start.Node,
                    Epoch = epoch,
                    WaitCause = start.WaitCause,
                });
                break;
            case SaveOperationRollup { Rollup: var rollup }:
                _rollups.Add(rollup);
                break;
            case SaveOccurrenceRun { Run: var run }:
                _stretches.RemoveAll(s => s.Run.From == run.From && string.Equals(s.Run.JobId, run.JobId, StringComparison.Ordinal));
                _stretches.Add(new RecordedStretch(run, no));
                break;
            case SaveAudit save:
                _findings.AddRange(save.Findings);
                break;
            case FinishAttempt finish:
                Change(finish.Key, a => a with { FinishedNo = no, FinishedAt = at, Result = finish.Result });
                break;
            case SaveRollup { Rollup: var rollup }:
                Rollups.Save(rollup);
                break;
        }
    }

    private List<Attempt> Attempts(AttemptKey key)
    {
        if (!_executions.TryGetValue((key.JobId, key.ScheduledAt), out var attempts))
        {
            _executions.Add((key.JobId, key.ScheduledAt), attempts = []);
        }

        return attempts;
    }

    private void Change(AttemptKey key, Func<Attempt, Attempt> change)
    {
        var attempts = Attempts(key);
        var index = attempts.FindIndex(a => a.Key == key);
        attempts[index] = change(attempts[index]);
    }
}
