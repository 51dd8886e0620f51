using System.Text.Json.Serialization;
using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>
/// A message for an actor of a shard, wherever that is. The region hands it to the owner's; while there is none it is
/// kept, within bounds.
/// </summary>
/// <param name="Shard">The shard.</param>
/// <param name="Message">What to deliver.</param>
[JsonDerivedType(typeof(ToHistory), "history")]
[JsonDerivedType(typeof(ToJobs), "jobs")]
[JsonDerivedType(typeof(ToSeries), "series")]
public abstract record ShardDelivery(int Shard, object Message)
{
    /// <summary>The region that handed it on, which takes it back from one that does not own the shard; null on the first way.</summary>
    public IActorRef<Returned>? From { get; init; }
}
