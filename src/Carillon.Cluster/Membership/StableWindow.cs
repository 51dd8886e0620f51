namespace Carillon.Cluster;

/// <summary>
/// Tells, on the local monotonic clock, when the nodes that are up have been the same for a while: shards are not moved
/// about while nodes come and go, as in a rolling restart.
/// </summary>
public sealed class StableWindow
{
    /// <summary>How long the nodes must have been the same.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private HashSet<Guid> _up = [];
    private long _since;

    /// <summary>Makes a window that has seen nothing.</summary>
    public StableWindow(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Takes one reading of the node rows.</summary>
    /// <returns>Whether the nodes that are up have been the same for <see cref="Length"/>.</returns>
    public bool Observe(IEnumerable<NodeRow> nodes)
    {
        var now = _time.GetTimestamp();
        var up = nodes.Where(static n => n.Status == NodeStatus.Up).Select(static n => n.Incarnation).ToHashSet();
        if (!up.SetEquals(_up))
        {
            (_up, _since) = (up, now);
        }

        return up.Count > 0 && _time.GetElapsedTime(_since, now) >= Length;
    }
}
