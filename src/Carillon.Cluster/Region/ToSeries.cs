namespace Carillon.Cluster;

/// <summary>A message for a shard's aggregator of operations and instruments.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Message">What to deliver.</param>
public sealed record ToSeries(int Shard, object Message) : ShardDelivery(Shard, Message);
