namespace Carillon.Cluster;

/// <summary>The nodes of the cluster as last read from the store. Each reading replaces the whole.</summary>
public sealed class NodeDirectory
{
    private IReadOnlyDictionary<Guid, NodeRow> _nodes = new Dictionary<Guid, NodeRow>();

    /// <summary>Every incarnation that may still matter, by id.</summary>
    public IReadOnlyDictionary<Guid, NodeRow> Nodes => Volatile.Read(ref _nodes);

    /// <summary>The incarnations that are not dead.</summary>
    public IEnumerable<Guid> Living => Nodes.Values.Where(static node => node.Status != NodeStatus.Dead).Select(static node => node.Incarnation);

    /// <summary>Whether an incarnation is known and not dead.</summary>
    public bool Lives(Guid incarnation)
    {
        return Nodes.TryGetValue(incarnation, out var node) && node.Status != NodeStatus.Dead;
    }

    /// <summary>Replaces what is known.</summary>
    public void Replace(IEnumerable<NodeRow> nodes)
    {
        Volatile.Write(ref _nodes, nodes.ToDictionary(n => n.Incarnation));
    }

    /// <summary>
    /// Whether what <paramref name="incarnation"/> ran may be resolved: it is dead and its lease has passed. An
    /// incarnation nobody knows any more has been dead for long.
    /// </summary>
    public bool IsPast(Guid incarnation, DateTimeOffset now)
    {
        return !Nodes.TryGetValue(incarnation, out var node) || (node.Status == NodeStatus.Dead && node.LeaseUntil <= now);
    }
}
