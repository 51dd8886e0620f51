namespace Carillon.Cluster;

/// <summary>Who owns a shard.</summary>
/// <param name="Id">The shard, from 0.</param>
/// <param name="Owner">The owning incarnation, or null when released.</param>
/// <param name="Epoch">Grows with every change of owner; 0 for a shard never owned.</param>
public sealed record ShardRow(int Id, Guid? Owner, long Epoch);
