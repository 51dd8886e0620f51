using System.Globalization;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>Asks the things a node needs whether they work. Concurrent questions share one round.</summary>
internal sealed class HealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    /// <summary>How long a finding of the audit is held against the node.</summary>
    private static readonly TimeSpan RecentFinding = TimeSpan.FromDays(1);

    private readonly NodeContext _node;
    private readonly ClusterReader _reader;
    private readonly OperationReader _operations;
    private readonly SharedGather<HealthReport> _round;
    private bool _hasOpened;

    /// <summary>Makes a check of a node.</summary>
    public HealthCheck(NodeContext node, ClusterReader reader, OperationReader operations)
    {
        _node = node;
        _reader = reader;
        _operations = operations;
        _round = new SharedGather<HealthReport>(CheckAsync);
    }

    /// <summary>Looks at everything now.</summary>
    public Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        return _round.GetAsync(cancellationToken);
    }

    private async Task<HealthReport> CheckAsync()
    {
        var at = _node.Clock.Now();
        var database = MeasureAsync(ReadDatabaseAsync);
        var shards = MeasureAsync(ReadShardsAsync);
        var operations = MeasureAsync(ReadOperationsAsync);
        var audit = MeasureAsync(ReadAuditAsync);
        var dependencies = new Dictionary<string, DependencyHealth>(StringComparer.Ordinal)
        {
            ["database"] = await database,
            ["lease"] = ReadLease(),
            ["shards"] = await shards,
            ["operations"] = await operations,
            ["audit"] = await audit,
        };
        var worst = dependencies.Values.Max(static dependency => dependency.Status);
        return new HealthReport(worst, _node.NodeName, _node.Version, at, dependencies);
    }

    private async Task<DependencyHealth> MeasureAsync(
        Func<CancellationToken, Task<(HealthStatus Status, string Detail)>> read)
    {
        var began = _node.Clock.GetTimestamp();
        using var limit = new CancellationTokenSource(Timeout, _node.Clock);
        (HealthStatus Status, string Detail) found;
        try
        {
            found = await read(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            found = (HealthStatus.Unhealthy, $"no answer within {Timeout.TotalSeconds} s");
        }
#pragma warning disable CA1031 // A supervision boundary: that something fails, in whatever way, is what is asked here.
        catch (Exception error)
#pragma warning restore CA1031
        {
            found = (HealthStatus.Unhealthy, error.GetType().Name);
        }

        var took = _node.Clock.GetElapsedTime(began);
        var status = found.Status == HealthStatus.Healthy && took > Slow ? HealthStatus.Degraded : found.Status;
        return new DependencyHealth(status, Math.Round(took.TotalMilliseconds, 3), found.Detail);
    }

    private async Task<(HealthStatus Status, string Detail)> ReadDatabaseAsync(CancellationToken cancellationToken)
    {
        var nodes = await _node.Membership.ReadNodesAsync(cancellationToken);
        return (HealthStatus.Healthy, $"{_node.StoreKind}, {nodes.Count} node rows");
    }

    /// <summary>
    /// A node is not ready before it has opened the shards that it took first. Later ones are a matter of a moment, and
    /// those without an owner are another node's until it takes them: a reason to look, and none to take the node out.
    /// </summary>
    private async Task<(HealthStatus Status, string Detail)> ReadShardsAsync(CancellationToken cancellationToken)
    {
        var owned = await _node.Region.AskAsync<object, OwnedShards>(
            static replyTo => new ReadOwnedShards(replyTo), Timeout, cancellationToken);
        var unowned = owned.Rows.Count(row => row.Owner is not { } owner || (owner != _node.Incarnation && !_node.Directory.Lives(owner)));
        _hasOpened |= owned is { ShardCount: > 0, IsOpening: false };
        var status = !_hasOpened ? HealthStatus.Unhealthy
            : unowned > 0 || owned.IsOpening ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        var quarantined = Quarantine.Of(_node.Directory.Nodes.Values, _node.Shards.Rows, _node.Clock.Now()).Count;
        var detail = $"{owned.Shards.Count} of {owned.ShardCount} open here, {unowned} without an owner";
        return (status, quarantined == 0 ? detail : $"{detail}, {quarantined} in quarantine");
    }

    /// <summary>
    /// Operations beyond a threshold are a reason to look, and none to take the node out: it is degraded at most.
    /// </summary>
    private async Task<(HealthStatus Status, string Detail)> ReadOperationsAsync(CancellationToken cancellationToken)
    {
        var problems = _node.OperationThresholds.Problems(await _operations.ReadRecentAsync(cancellationToken));
        return problems.Count == 0
            ? (HealthStatus.Healthy, "within the thresholds")
            : (HealthStatus.Degraded, string.Join("; ", problems));
    }

    private async Task<(HealthStatus Status, string Detail)> ReadAuditAsync(CancellationToken cancellationToken)
    {
        var state = await _reader.ReadAuditAsync(cancellationToken);
        var isRecent = state.LastFindingAt > _node.Clock.GetUtcNow() - RecentFinding;
        var through = state.Through is { } at ? InstantText.Format(at) : "nothing yet";
        return (
            isRecent ? HealthStatus.Degraded : HealthStatus.Healthy,
            string.Create(CultureInfo.InvariantCulture, $"{state.Duplicates} duplicates, {state.Missed} missed, audited through {through}"));
    }

    private DependencyHealth ReadLease()
    {
        var headroom = _node.Lease.Headroom;
        var status = headroom == TimeSpan.Zero ? HealthStatus.Unhealthy
            : headroom < _node.Lease.Duration / 3 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        var failure = _node.Lease.LastFailure is { } reason ? $"; the last renewal failed: {reason}" : string.Empty;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{headroom.TotalSeconds:F3} s left{failure}");
        return new DependencyHealth(status, LatencyMs: 0, detail);
    }
}
