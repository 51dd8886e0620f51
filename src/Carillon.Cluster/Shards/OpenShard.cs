using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>A shard as the writer knows it: its term, its counter and its last stamp.</summary>
internal sealed class OpenShard(ShardTerm term, long lastNo, IActorRef<CommittedEvents> history)
{
    private long _lastNo = lastNo;
    private DateTimeOffset _lastAt;

    public ShardTerm Term { get; } = term;

    public IActorRef<CommittedEvents> History { get; } = history;

    /// <summary>Gives a write its number and its time; both only grow, also when the clock steps back.</summary>
    public ShardEvent Stamp(ShardWrite write, DateTimeOffset now)
    {
        _lastAt = now > _lastAt ? now : _lastAt;
        return new ShardEvent(Term, ++_lastNo, _lastAt, write);
    }
}
