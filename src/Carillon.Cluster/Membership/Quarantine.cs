namespace Carillon.Cluster;

/// <summary>
/// Shards that nobody takes for a while, because owner after owner died soon after taking them: what such a shard holds
/// may be what kills, and would go through the whole cluster.
/// </summary>
public static class Quarantine
{
    /// <summary>
    /// An owner whose lease ends with less than this behind it counts against its shards. Nodes that crash for reasons
    /// of their own, one after the other, mostly have had them for longer.
    /// </summary>
    public static readonly TimeSpan ShortTerm = TimeSpan.FromSeconds(15);

    /// <summary>So many owners may die in a row.</summary>
    public const int MostAdoptions = 5;

    /// <summary>After so long since it was last taken a shard may be tried again.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The shards in quarantine. When they would be more than half of all, it is not a shard that kills, and there is
    /// none: a node that is alone and crashes again and again takes its shards again and again.
    /// </summary>
    /// <param name="nodes">Every node that is not dead; dead ones do not matter.</param>
    /// <param name="shards">Every shard row.</param>
    /// <param name="now">The store's time.</param>
    public static IReadOnlySet<int> Of(IEnumerable<NodeRow> nodes, IReadOnlyCollection<ShardRow> shards, DateTimeOffset now)
    {
        var living = nodes.Where(static n => n.Status != NodeStatus.Dead).Select(static n => n.Incarnation).ToHashSet();
        var deadly = shards
            .Where(s => s.Adopted > MostAdoptions && now < s.TakenAt + Length && !(s.Owner is { } owner && living.Contains(owner)))
            .Select(static s => s.Id)
            .ToHashSet();
        return deadly.Count * 2 > shards.Count ? new HashSet<int>() : deadly;
    }
}
