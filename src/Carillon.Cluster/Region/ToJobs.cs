namespace Carillon.Cluster;

/// <summary>A message for the scheduler of a shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Message">What to deliver.</param>
public sealed record ToJobs(int Shard, object Message) : ShardDelivery(Shard, Message);
