namespace Carillon.Cluster;

/// <summary>
/// Watches the beats of other nodes on the local monotonic clock. A node is expired when its beat stood still for a
/// full lease, and its lease has passed by the store's clock.
/// </summary>
public sealed class BeatWatch
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly Dictionary<Guid, (long Beat, long Since)> _seen = [];

    /// <summary>Makes a watch that has seen nothing.</summary>
    public BeatWatch(TimeProvider time, TimeSpan lease)
    {
        _time = time;
        _lease = lease;
    }

    /// <summary>Takes one reading of the node rows.</summary>
    /// <param name="me">This incarnation.</param>
    /// <param name="mayJudge"><see cref="Lease.MayJudge"/>.</param>
    /// <param name="nodes">Every node that is not dead.</param>
    /// <returns>The nodes that may be declared dead.</returns>
    public IReadOnlyList<NodeRow> Observe(Guid me, bool mayJudge, IReadOnlyList<NodeRow> nodes)
    {
        var now = _time.GetTimestamp();
        foreach (var gone in _seen.Keys.Except(nodes.Select(n => n.Incarnation)).ToArray())
        {
            _seen.Remove(gone);
        }

        var expired = new List<NodeRow>();
        foreach (var node in nodes.Where(n => n.Incarnation != me && n.Status != NodeStatus.Dead))
        {
            if (!_seen.TryGetValue(node.Incarnation, out var seen) || seen.Beat != node.Beat)
            {
                _seen[node.Incarnation] = seen = (node.Beat, now);
            }

            if (mayJudge && _time.GetElapsedTime(seen.Since, now) >= _lease && node.LeaseUntil < _time.GetUtcNow())
            {
                expired.Add(node);
            }
        }

        return expired;
    }
}
