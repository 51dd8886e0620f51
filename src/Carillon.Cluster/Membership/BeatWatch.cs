namespace Carillon.Cluster;

/// <summary>
/// Watches the beats of other nodes on the local monotonic clock. A node is expired when its beat stood still for a
/// full lease while this node's own renewals worked, and its lease has passed by the store's clock. After an outage
/// of the store every lease has run out; nobody may be declared dead for that.
/// </summary>
public sealed class BeatWatch
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly Dictionary<Guid, (long Beat, long Since)> _seen = [];
    private long? _renewingSince;

    /// <summary>Makes a watch that has seen nothing.</summary>
    public BeatWatch(TimeProvider time, TimeSpan lease)
    {
        _time = time;
        _lease = lease;
    }

    /// <summary>Takes one reading of the node rows.</summary>
    /// <param name="me">This incarnation.</param>
    /// <param name="leaseHeld">Whether this node's own lease is held.</param>
    /// <param name="nodes">Every node that is not dead.</param>
    /// <returns>The nodes that may be declared dead.</returns>
    public IReadOnlyList<NodeRow> Observe(Guid me, bool leaseHeld, IReadOnlyList<NodeRow> nodes)
    {
        var now = _time.GetTimestamp();
        _renewingSince = leaseHeld ? _renewingSince ?? now : null;
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

            if (_renewingSince is { } since
                && _time.GetElapsedTime(since, now) >= _lease
                && _time.GetElapsedTime(seen.Since, now) >= _lease
                && node.LeaseUntil < _time.GetUtcNow())
            {
                expired.Add(node);
            }
        }

        return expired;
    }
}
