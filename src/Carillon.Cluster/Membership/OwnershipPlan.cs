using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Decides, from one reading of the rows, what a node should take and whom it should declare dead. Pure.</summary>
public static class OwnershipPlan
{
    /// <summary>
    /// The shards to claim: those without an owner, those whose owner is gone, and those that are this incarnation's
    /// own but that it does not hold, because a term of them ended.
    /// </summary>
    /// <param name="me">This incarnation.</param>
    /// <param name="held">The terms this incarnation works under.</param>
    /// <param name="nodes">Every node that is not dead.</param>
    /// <param name="shards">Every shard row.</param>
    /// <returns>What was seen of each shard to claim, for the compare-and-set.</returns>
    public static IReadOnlyList<ShardTerm> Claims(
        Guid me, IReadOnlySet<ShardTerm> held, IEnumerable<NodeRow> nodes, IEnumerable<ShardRow> shards)
    {
        var living = nodes.Where(n => n.Status != NodeStatus.Dead).Select(n => n.Incarnation).ToHashSet();
        return
        [
            .. shards
                .Where(s => s.Owner is not { } owner || !living.Contains(owner) || (owner == me && !held.Contains(new ShardTerm(s.Id, s.Epoch))))
                .Select(s => new ShardTerm(s.Id, s.Epoch)),
        ];
    }

    /// <summary>The held terms that the rows no longer give to this incarnation.</summary>
    public static IReadOnlyList<ShardTerm> Lost(Guid me, IReadOnlySet<ShardTerm> held, IEnumerable<ShardRow> shards)
    {
        var mine = shards.Where(s => s.Owner == me).Select(s => new ShardTerm(s.Id, s.Epoch)).ToHashSet();
        return [.. held.Where(t => !mine.Contains(t))];
    }
}
