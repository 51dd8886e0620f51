namespace Carillon.Cluster;

/// <summary>Gives a message for a history back to the region: the history's term has ended.</summary>
/// <param name="Delivery">The message.</param>
public sealed record NotTold(ShardDelivery Delivery);
