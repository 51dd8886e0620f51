using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>
/// Decides, from one reading of the rows, what a node should take and what it should give. Pure. Nodes that read the
/// same rows come to the same plan, so that none gives to another what that one would give back.
/// </summary>
public sealed class OwnershipPlan
{
    /// <summary>What a node that is up gives to others in one round, at most.</summary>
    public const int MostMoves = 16;

    /// <summary>What a node that leaves gives to others in one round, at most.</summary>
    public const int MostMovesLeaving = 32;

    private readonly Guid _me;
    private readonly IReadOnlySet<ShardTerm> _held;
    private readonly IReadOnlyCollection<NodeRow> _nodes;
    private readonly IReadOnlyList<ShardRow> _shards;
    private readonly bool _hasUp;
    private readonly Dictionary<string, Guid> _takers;
    private readonly Placement _placement;
    private readonly NodeStatus _status;

    /// <summary>Makes the plan of one reading.</summary>
    /// <param name="me">This incarnation. One that no row names, or a dead one, takes and gives nothing.</param>
    /// <param name="held">The terms this incarnation works under.</param>
    /// <param name="nodes">Every node that is not dead; dead ones may be among them.</param>
    /// <param name="shards">Every shard row.</param>
    public OwnershipPlan(
        Guid me, IReadOnlySet<ShardTerm> held, IReadOnlyCollection<NodeRow> nodes, IReadOnlyList<ShardRow> shards)
    {
        _me = me;
        _held = held;
        _nodes = nodes;
        _shards = shards;
        _status = nodes.FirstOrDefault(n => n.Incarnation == me)?.Status ?? NodeStatus.Dead;
        _hasUp = nodes.Any(static n => n.Status == NodeStatus.Up);

        // When the last nodes leave together, what one has given up another may need, to record how its code ended.
        var taking = _hasUp ? NodeStatus.Up : NodeStatus.Leaving;
        _takers = nodes.Where(n => n.Status == taking)
            .ToDictionary(static n => n.Name, static n => n.Incarnation, StringComparer.Ordinal);
        _placement = Placement.Of(_takers.Keys, shards.Count);
        var living = nodes.Where(static n => n.Status != NodeStatus.Dead).Select(static n => n.Incarnation).ToHashSet();
        Orphans = [.. shards.Where(s => s.Owner is not { } owner || !living.Contains(owner))];
        var mine = shards.Where(s => s.Owner == me).Select(TermOf).ToHashSet();
        Lost = [.. held.Where(t => !mine.Contains(t))];
    }

    /// <summary>The shards without an owner, or whose owner is dead or unknown.</summary>
    public IReadOnlyList<ShardRow> Orphans { get; }

    /// <summary>The held terms that the rows no longer give to this incarnation.</summary>
    public IReadOnlyList<ShardTerm> Lost { get; }

    /// <summary>
    /// The shards to claim: those that are this incarnation's own but that it does not hold, because a term of them
    /// ended; and while it is up, or leaving when none is up, of the orphans those that are meant for it. An orphan is meant for its successor, for
    /// the node that it is placed on when no successor is up, and for anybody when it has waited for them in vain.
    /// </summary>
    /// <param name="waited">The orphans that have waited.</param>
    /// <param name="quarantined">The shards in quarantine: no orphan of them is claimed.</param>
    /// <returns>What was seen of each shard to claim, for the compare-and-set.</returns>
    public IReadOnlyList<ShardTerm> Claims(IReadOnlySet<ShardTerm> waited, IReadOnlySet<int> quarantined)
    {
        if (_status == NodeStatus.Dead)
        {
            return [];
        }

        var ended = _shards.Where(s => s.Owner == _me).Select(TermOf).Where(t => !_held.Contains(t));
        return _takers.ContainsValue(_me)
            ? [.. ended, .. Orphans.Where(s => !quarantined.Contains(s.Id) && IsMine(s, waited)).Select(TermOf)]
            : [.. ended];
    }

    /// <summary>Why shards were taken that this incarnation did not own already.</summary>
    /// <param name="taken">The shards.</param>
    /// <param name="now">The store's time.</param>
    public IReadOnlyList<TakeoverReason> ReasonsFor(IReadOnlyList<ShardTerm> taken, DateTimeOffset now)
    {
        var ids = taken.Select(static term => term.Shard).ToHashSet();
        return [.. _shards.Where(s => ids.Contains(s.Id) && s.Owner != _me).Select(s => ReasonFor(s, now))];
    }

    /// <summary>
    /// The held terms that other nodes should have. While this node is up: those placed on another one, once the nodes
    /// have been the same for a while. While it is leaving: all, as long as another node is up.
    /// </summary>
    /// <param name="isStable">Whether the nodes that are up have been the same for a while.</param>
    public IReadOnlyList<Handover> HandOver(bool isStable)
    {
        var most = _status switch
        {
            NodeStatus.Up when isStable => MostMoves,
            NodeStatus.Leaving when _hasUp => MostMovesLeaving,
            _ => 0,
        };
        return
        [
            .. _shards.Where(s => s.Owner == _me).Select(TermOf).Where(_held.Contains)
                .Select(t => new Handover(t, PlaceOf(t.Shard)))
                .Where(h => h.Successor is { } successor && successor != _me)
                .Take(most),
        ];
    }

    private TakeoverReason ReasonFor(ShardRow shard, DateTimeOffset now)
    {
        if (shard.Owner is not { } owner)
        {
            return shard.Epoch == 0 ? TakeoverReason.First : TakeoverReason.Released;
        }

        return _nodes.Any(node => node.Incarnation == owner && node.LeaseUntil > now) ? TakeoverReason.Crash : TakeoverReason.Lease;
    }

    private static ShardTerm TermOf(ShardRow shard)
    {
        return new ShardTerm(shard.Id, shard.Epoch);
    }

    private bool IsMine(ShardRow orphan, IReadOnlySet<ShardTerm> waited)
    {
        var meant = orphan.Successor is { } successor && _takers.ContainsValue(successor) ? successor : PlaceOf(orphan.Id);
        return meant == _me || waited.Contains(TermOf(orphan));
    }

    private Guid? PlaceOf(int shard)
    {
        return _placement.OwnerOf(shard) is { } name ? _takers[name] : null;
    }
}
