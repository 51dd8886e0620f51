using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>A shard as the writer knows it: its term, its counter and its last stamp.</summary>
internal sealed class OpenShard(ShardTerm term, long lastNo, IActorRef<CommittedEvents> history)
{
    private DateTimeOffset _lastAt;

    public ShardTerm Term { get; } = term;

    public IActorRef<CommittedEvents> History { get; } = history;

    /// <summary>The number given out last.</summary>
    public long LastNo { get; private set; } = lastNo;

    /// <summary>How many events of the shard are in the flush that is being made.</summary>
    public int Count { get; set; }

    /// <summary>Where that flush puts the shard's next event.</summary>
    public int Place { get; set; }

    /// <summary>Gives a write its number and its time; both only grow, also when the clock steps back.</summary>
    public ShardEvent Stamp(ShardWrite write, DateTimeOffset now)
    {
        _lastAt = now > _lastAt ? now : _lastAt;
        return new ShardEvent(Term, ++LastNo, _lastAt, write);
    }
}
