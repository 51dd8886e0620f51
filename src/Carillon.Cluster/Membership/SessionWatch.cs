namespace Carillon.Cluster;

/// <summary>
/// Watches the sessions of other nodes at the store. The operating system closes those of a killed process at once, so a
/// node without any has crashed, seen twice: what happened to its network for a moment has not killed it.
/// </summary>
public sealed class SessionWatch
{
    /// <summary>The time between two looks, at the least.</summary>
    public static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly Dictionary<Guid, (long Beat, long Since)> _missing = [];

    /// <summary>Makes a watch that has seen nothing.</summary>
    public SessionWatch(TimeProvider time, TimeSpan lease)
    {
        _time = time;
        _lease = lease;
    }

    /// <summary>Whether a node was found without a session that has to be looked at again.</summary>
    public bool LooksAgainSoon => _missing.Count > 0;

    /// <summary>Takes one reading. The nodes must have been read before the sessions.</summary>
    /// <param name="others">The other nodes that are up or leaving.</param>
    /// <param name="sessions">Whose sessions were seen; null when nobody was to be judged.</param>
    /// <returns>The nodes that have crashed.</returns>
    public IReadOnlyList<NodeRow> Observe(IReadOnlyList<NodeRow> others, SessionReading? sessions)
    {
        // A reader whose own sessions are young may have met a server that has taken over from another one.
        if (sessions is not { IsConclusive: true } || sessions.OwnAge < _lease)
        {
            _missing.Clear();
            return [];
        }

        var missing = others.Where(n => !sessions.Incarnations.Contains(n.Incarnation)).ToArray();
        foreach (var back in _missing.Keys.Except(missing.Select(static n => n.Incarnation)).ToArray())
        {
            _missing.Remove(back);
        }

        var now = _time.GetTimestamp();
        var crashed = new List<NodeRow>();
        foreach (var node in missing)
        {
            if (!_missing.TryGetValue(node.Incarnation, out var first) || first.Beat != node.Beat)
            {
                _missing[node.Incarnation] = (node.Beat, now);
            }
            else if (_time.GetElapsedTime(first.Since, now) >= BetweenLooks)
            {
                _missing.Remove(node.Incarnation);
                crashed.Add(node);
            }
        }

        return crashed;
    }
}
