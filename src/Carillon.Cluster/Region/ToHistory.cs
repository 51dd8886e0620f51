namespace Carillon.Cluster;

/// <summary>A message for the aggregator of a shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Message">What to deliver.</param>
public sealed record ToHistory(int Shard, object Message) : ShardDelivery(Shard, Message);
