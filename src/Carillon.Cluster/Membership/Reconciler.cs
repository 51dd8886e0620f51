using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// One round of making ownership what it should be: read the rows, declare dead who has crashed or expired, claim what
/// this node should have, and tell what it should give. Level-triggered and idempotent: a round that fails is simply
/// followed by the next one.
/// </summary>
public sealed partial class Reconciler
{
    private readonly Guid _me;
    private readonly IClusterStore _store;
    private readonly Lease _lease;
    private readonly ClusterClock _clock;
    private readonly ClusterView _view;
    private readonly ILogger<Reconciler> _log;
    private readonly BeatWatch _beats;
    private readonly SessionWatch _sessions;
    private readonly OrphanWatch _orphans;
    private readonly StableWindow _window;

    /// <summary>Makes a reconciler for one incarnation.</summary>
    /// <param name="me">The incarnation.</param>
    /// <param name="store">Where the rows are.</param>
    /// <param name="lease">This node's own lease.</param>
    /// <param name="clock">The store's time.</param>
    /// <param name="view">What learns the rows that were read.</param>
    /// <param name="log">Where it logs.</param>
    public Reconciler(
        Guid me, IClusterStore store, Lease lease, ClusterClock clock, ClusterView view, ILogger<Reconciler> log)
    {
        _me = me;
        _store = store;
        _lease = lease;
        _clock = clock;
        _view = view;
        _log = log;
        _beats = new BeatWatch(clock, lease.Duration);
        _sessions = new SessionWatch(clock, lease.Duration);
        _orphans = new OrphanWatch(clock);
        _window = new StableWindow(clock);
    }

    /// <summary>Does one round.</summary>
    /// <param name="held">The terms this node works under.</param>
    /// <param name="cancellationToken">Stops the round.</param>
    public async Task<Reconciled> RunAsync(IReadOnlySet<ShardTerm> held, CancellationToken cancellationToken)
    {
        // Shards are read before the nodes: whoever owns one has joined before its claim, and so is among the nodes. A claim
        // that comes later changes the epoch, and the compare-and-set refuses to take the shard.
        var shards = await _store.ReadShardsAsync(cancellationToken);
        var nodes = await _store.ReadNodesAsync(cancellationToken);
        if (await DeclareDeadAsync(nodes, cancellationToken))
        {
            nodes = await _store.ReadNodesAsync(cancellationToken);
        }

        _view.Nodes.Replace(nodes);
        _view.Shards.Replace(shards);
        var plan = new OwnershipPlan(_me, held, nodes, shards);
        var waited = _orphans.Observe(plan.Orphans);
        var isStable = _window.Observe(nodes);
        var round = new Reconciled([], plan.Lost, shards) { LooksAgainSoon = _sessions.LooksAgainSoon };
        if (!_lease.IsHeld)
        {
            return round;
        }

        var claims = plan.Claims(waited, Quarantine.Of(nodes, shards, _clock.GetUtcNow()));
        var taken = claims.Count == 0 ? [] : await _store.ClaimAsync(_me, claims, cancellationToken);
        shards = WithTaken(shards, taken);
        _view.Shards.Replace(shards);
        return round with
        {
            Taken = taken,
            Takeovers = plan.ReasonsFor(taken, _clock.GetUtcNow()),
            Shards = shards,
            HandOver = plan.HandOver(isStable),
        };
    }

    private IReadOnlyList<ShardRow> WithTaken(IReadOnlyList<ShardRow> shards, IReadOnlyList<ShardTerm> taken)
    {
        var epochs = taken.ToDictionary(static term => term.Shard, static term => term.Epoch);
        return taken.Count == 0
            ? shards
            : [.. shards.Select(row => epochs.TryGetValue(row.Id, out var epoch) ? row with { Owner = _me, Epoch = epoch, Successor = null } : row)];
    }

    /// <returns>Whether somebody was declared dead, by this node or by another that was faster.</returns>
    private async Task<bool> DeclareDeadAsync(IReadOnlyList<NodeRow> nodes, CancellationToken cancellationToken)
    {
        var mayJudge = _lease.MayJudge;
        var expired = _beats.Observe(_me, mayJudge, nodes);
        NodeRow[] others =
            [.. nodes.Where(n => n.Incarnation != _me && n.Status is NodeStatus.Up or NodeStatus.Leaving)];
        var sessions = mayJudge && others.Length > 0
            ? await _store.ReadSessionsAsync(_lease.Duration, cancellationToken)
            : null;
        var crashed = _sessions.Observe(others, sessions);
        foreach (var node in expired.UnionBy(crashed, static n => n.Incarnation))
        {
            if (await _store.DeclareDeadAsync(node.Incarnation, node.Beat, cancellationToken))
            {
                LogDeclaredDead(
                    node.Name, node.Incarnation, expired.Contains(node) ? "its lease has run out" : "its process has ended");
            }
        }

        return expired.Count + crashed.Count > 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Name} ({Incarnation}) is declared dead: {Reason}.")]
    private partial void LogDeclaredDead(string name, Guid incarnation, string reason);
}
