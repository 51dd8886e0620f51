using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Testing;

/// <summary>
/// The rows that the nodes of a simulated cluster share. Each node reaches them through a <see cref="SimulatedStore"/>
/// of its own. Every operation is atomic; the store's clock is the one given.
/// </summary>
public sealed partial class SimulatedDatabase(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, long> _sessions = [];
    private readonly Dictionary<Guid, NodeRow> _nodes = [];
    private readonly Dictionary<string, (int Shard, Job Job)> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<AttemptKey, Attempt> _attempts = [];
    private readonly Dictionary<(string JobId, DateTimeOffset), (int Shard, long No, OccurrenceRun Run)> _runs = [];
    private readonly Dictionary<(int Shard, string JobId, long CreatedNo), HistorySnapshot> _snapshots = [];
    private readonly Dictionary<(string JobId, RollupSpan, DateTimeOffset, long FirstNo), Rollup> _rollups = [];
    private readonly Dictionary<(string JobId, string Key), (int Shard, TriggerKey Key)> _keys = [];
    private ClusterInfo? _cluster;
    private Pause? _pause;
    private ShardRow[] _shards = [];

    /// <summary>The store's clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The mistake that it makes on purpose. Default: none.</summary>
    public PlantedBug Bug { get; set; }

    /// <summary>Every attempt recorded, for checks; a copy.</summary>
    public IReadOnlyList<Attempt> Attempts => Read(() => _attempts.Values.ToArray());

    /// <summary>Every stretch of occurrences without a run, for checks; a copy.</summary>
    public IReadOnlyList<OccurrenceRun> Runs => Read(() => _runs.Values.Select(row => row.Run).ToArray());

    /// <summary>Every recorded roll-up, for checks; a copy.</summary>
    public IReadOnlyList<Rollup> Rollups => Read(() => _rollups.Values.ToArray());

    /// <summary>Every node row, the dead ones too, for checks; a copy.</summary>
    public IReadOnlyList<NodeRow> Nodes => Read(() => _nodes.Values.ToArray());

    /// <summary>Every shard row, for checks; a copy.</summary>
    public IReadOnlyList<ShardRow> Shards => Read(() => (ShardRow[])_shards.Clone());

    /// <summary>Every job, for checks; a copy.</summary>
    public IReadOnlyList<Job> Jobs => Read(() => _jobs.Values.Select(row => row.Job).ToArray());

    /// <summary>One attempt, or null when no row has the key.</summary>
    public Attempt? FindAttempt(AttemptKey key)
    {
        return Read(() => _attempts.GetValueOrDefault(key));
    }

    /// <summary>Until when an incarnation has its lease, or null when it never joined.</summary>
    public DateTimeOffset? LeaseOf(Guid incarnation)
    {
        return Read(() => _nodes.GetValueOrDefault(incarnation)?.LeaseUntil);
    }

    internal T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }

    /// <summary>Gives a shard to somebody else, as another node would that takes it over.</summary>
    public void Steal(int shard, Guid owner)
    {
        Read(() => _shards[shard] = new ShardRow(shard, owner, _shards[shard].Epoch + 1) { TakenAt = clock.Now() });
    }

    /// <summary>Why a session that is missing proves nothing, as behind a pooler; null, as at first, when it does.</summary>
    public string? SessionDoubt { get; set; }

    /// <summary>Ends every session, as a server does that starts anew. Nodes come back with their next call.</summary>
    public void EndSessions()
    {
        lock (_lock)
        {
            _sessions.Clear();
        }
    }

    /// <summary>Ends the session of one node, as a cut network does that the server notices.</summary>
    public void EndSession(Guid incarnation)
    {
        Disconnect(incarnation);
    }

    internal void Connect(Guid incarnation)
    {
        Read(() => _sessions.TryAdd(incarnation, clock.GetTimestamp()));
    }

    internal void Disconnect(Guid incarnation)
    {
        Read(() => _sessions.Remove(incarnation));
    }

    internal SessionReading ReadSessions(Guid reader)
    {
        return new SessionReading(_sessions.Keys.ToHashSet(), clock.GetElapsedTime(_sessions[reader]), SessionDoubt);
    }

    internal ClusterInfo OpenCluster(ClusterInfo expected)
    {
        if (_cluster is null)
        {
            _cluster = expected with
            {
                Generation = expected.Generation with { StartedAt = Instant.Truncate(expected.Generation.StartedAt) },
            };
            _shards = Enumerable.Range(0, expected.ShardCount).Select(id => new ShardRow(id, null, 0)).ToArray();
        }

        if ((_cluster.Name, _cluster.ShardCount, _cluster.HashVersion) != (
            expected.Name, expected.ShardCount, expected.HashVersion))
        {
            throw new ClusterMismatchException(
                $"the store belongs to '{_cluster.Name}' ({_cluster.ShardCount} shards, hash {_cluster.HashVersion}), "
                + $"not '{expected.Name}' ({expected.ShardCount} shards, hash {expected.HashVersion})");
        }

        return _cluster;
    }

    internal NodeRow? Join(NodeRow node, TimeSpan lease)
    {
        var holder = _nodes.Values.FirstOrDefault(
            row => row.Status != NodeStatus.Dead && string.Equals(row.Name, node.Name, StringComparison.Ordinal));
        if (holder is null)
        {
            var now = clock.Now();
            var joined = Clean(node) with { Status = NodeStatus.Up, Beat = 0, LeaseUntil = now + lease, StartedAt = now };
            _nodes.Add(node.Incarnation, joined);
        }

        return holder;
    }

    internal BeatReply? Beat(Guid incarnation, TimeSpan lease)
    {
        if (!_nodes.TryGetValue(incarnation, out var node) || node.Status == NodeStatus.Dead)
        {
            return null;
        }

        var now = clock.Now();
        _nodes[incarnation] = node with { Beat = node.Beat + 1, LeaseUntil = now + lease };
        return new BeatReply(now, _pause, _cluster?.Generation ?? new StatisticsGeneration(0, now), node.Status);
    }

    internal bool HasBeenReset => _cluster is { Generation.Number: > 0 };

    internal StatisticsGeneration ResetStatistics()
    {
        var cluster = _cluster ?? throw new InvalidOperationException("the cluster is not open");
        var next = new StatisticsGeneration(cluster.Generation.Number + 1, clock.Now());
        _cluster = cluster with { Generation = next };
        return next;
    }

    internal bool SetPause(Pause? pause)
    {
        _pause = pause is null ? null : pause with { At = Instant.Truncate(pause.At), Until = pause.Until is { } until ? Instant.Truncate(until) : null };
        return true;
    }

    internal bool DeclareDead(Guid incarnation, long beat)
    {
        if (!_nodes.TryGetValue(incarnation, out var node) || node.Status == NodeStatus.Dead || node.Beat != beat)
        {
            return false;
        }

        _sessions.Remove(incarnation);
        if (Bug is PlantedBug.ResolvedEarly)
        {
            _nodes[incarnation] = node with { LeaseUntil = clock.Now() };
        }

        return Leave(incarnation);
    }

    internal bool SetStatus(Guid incarnation, NodeStatus status)
    {
        if (status is not (NodeStatus.Up or NodeStatus.Leaving))
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "a node is set up or leaving, and nothing else");
        }

        if (!_nodes.TryGetValue(incarnation, out var node) || node.Status is not (NodeStatus.Up or NodeStatus.Leaving))
        {
            return false;
        }

        _nodes[incarnation] = node with { Status = status };
        return true;
    }

    internal bool Leave(Guid incarnation)
    {
        if (_nodes.TryGetValue(incarnation, out var node))
        {
            _nodes[incarnation] = node with { Status = NodeStatus.Dead };
        }

        return node is not null;
    }

    internal IReadOnlyList<NodeRow> ReadNodes()
    {
        var now = clock.Now();
        return _nodes.Values.Where(node => node.Status != NodeStatus.Dead || node.LeaseUntil > now - NodeRow.ToldAfterDeath)
            .OrderBy(node => node.StartedAt).ThenBy(node => node.Name, StringComparer.Ordinal).ToArray();
    }

    internal IReadOnlyList<ShardTerm> Claim(Guid owner, IReadOnlyList<ShardTerm> seen)
    {
        var taken = seen.Where(term => _shards[term.Shard].Epoch == term.Epoch)
            .Select(term => term with { Epoch = term.Epoch + 1 }).ToArray();
        foreach (var term in taken)
        {
            var row = _shards[term.Shard];
            _shards[term.Shard] = new ShardRow(term.Shard, owner, term.Epoch)
            {
                Adopted = AdoptedByClaim(owner, row),
                TakenAt = row.Owner == owner ? row.TakenAt : clock.Now(),
            };
        }

        return taken;
    }

    internal int Release(Guid owner, IReadOnlyList<Handover> handovers)
    {
        var held = handovers.Where(handover => IsCurrent(owner, handover.Term)).ToArray();
        foreach (var (term, successor) in held)
        {
            _shards[term.Shard] = new ShardRow(term.Shard, null, term.Epoch + 1) { Successor = successor };
        }

        return held.Length;
    }

    internal bool DeleteExpired(Expiry before, int limit)
    {
        var day = new DateTimeOffset(before.Executions.UtcDateTime.Date, TimeSpan.Zero);
        var now = clock.Now();
        var open = _attempts.Values.Where(row => row.FinishedNo is null)
            .Select(row => row.Key with { Attempt = 1 }).ToHashSet();
        var left = limit;
        Remove(_attempts, row => row.Key.ScheduledAt < day && !open.Contains(row.Key with { Attempt = 1 }), ref left);
        Remove(_keys, row => row.Key.ExpiresAt < now, ref left);
        Remove(_runs, row => row.Run.To < day, ref left);
        Remove(_nodes, row => row.Status == NodeStatus.Dead && row.LeaseUntil < day, ref left);
        Remove(_rollups, row => row.Span == RollupSpan.Minute && row.Start < before.MinuteRollups, ref left);
        Remove(_rollups, row => row.Span == RollupSpan.Hour && row.Start < before.HourRollups, ref left);
        Remove(_operations, row => row.Span == RollupSpan.Minute && row.Start < before.MinuteRollups, ref left);
        Remove(_operations, row => row.Span == RollupSpan.Hour && row.Start < before.HourRollups, ref left);
        return left == 0;
    }

    internal Dictionary<Guid, string> NamesOf(IEnumerable<Attempt> attempts)
    {
        return attempts.Select(attempt => attempt.Node).OfType<Guid>().Distinct().Where(_nodes.ContainsKey)
            .ToDictionary(node => node, node => _nodes[node].Name);
    }

    internal bool RanOn(Attempt attempt, string name)
    {
        return attempt.Node is { } node && _nodes.TryGetValue(node, out var row) && string.Equals(
            row.Name, name, StringComparison.Ordinal);
    }

    private static NodeRow Clean(NodeRow node)
    {
        return node with
        {
            Roles = [.. node.Roles.Select(static text => StoredText.Clean(text))],
            Classes = [.. node.Classes.Select(static text => StoredText.Clean(text))],
        };
    }

    private static void Remove<TKey, TRow>(Dictionary<TKey, TRow> rows, Func<TRow, bool> expired, ref int left)
        where TKey : notnull
    {
        foreach (var key in rows.Where(row => expired(row.Value)).Select(row => row.Key).Take(left).ToArray())
        {
            rows.Remove(key);
            left--;
        }
    }

    private int AdoptedByClaim(Guid owner, ShardRow row)
    {
        if (row.Owner is not { } former || former == owner)
        {
            return row.Adopted;
        }

        return _nodes.GetValueOrDefault(former)?.LeaseUntil < row.TakenAt + Quarantine.ShortTerm ? row.Adopted + 1 : 1;
    }

    private bool IsCurrent(Guid owner, ShardTerm term)
    {
        return _shards[term.Shard] is { } row && row.Owner == owner && row.Epoch == term.Epoch;
    }
}
