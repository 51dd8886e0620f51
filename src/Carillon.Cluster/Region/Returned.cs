namespace Carillon.Cluster;

/// <summary>A region does not own the shard of a message that another region handed to it: nothing was delivered.</summary>
/// <param name="Delivery">The message.</param>
public sealed record Returned(ShardDelivery Delivery);
