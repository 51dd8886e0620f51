using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Remembers, on the local monotonic clock, for how long shards have been without a living owner.</summary>
public sealed class OrphanWatch
{
    /// <summary>After so long anybody may take a shard: whom it was meant for does not come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly Dictionary<ShardTerm, long> _since = [];

    /// <summary>Makes a watch that has seen nothing.</summary>
    public OrphanWatch(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Takes one reading. Time counts anew when the epoch has changed.</summary>
    /// <param name="orphans">The shards without a living owner.</param>
    /// <returns>Those that have waited long enough.</returns>
    public IReadOnlySet<ShardTerm> Observe(IEnumerable<ShardRow> orphans)
    {
        var now = _time.GetTimestamp();
        var seen = orphans.Select(static s => new ShardTerm(s.Id, s.Epoch)).ToHashSet();
        foreach (var taken in _since.Keys.Except(seen).ToArray())
        {
            _since.Remove(taken);
        }

        foreach (var orphan in seen)
        {
            _since.TryAdd(orphan, now);
        }

        seen.RemoveWhere(orphan => _time.GetElapsedTime(_since[orphan], now) < Patience);
        return seen;
    }
}
