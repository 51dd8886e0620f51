namespace Carillon.Cluster;

/// <summary>A message for an actor of a shard, wherever that is.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Message">What to deliver.</param>
public abstract record ShardDelivery(int Shard, object Message);
