namespace Carillon.Cluster;

/// <summary>Who owns a shard.</summary>
/// <param name="Id">The shard, from 0.</param>
/// <param name="Owner">The owning incarnation, or null when released.</param>
/// <param name="Epoch">Grows with every change of owner; 0 for a shard never owned.</param>
public sealed record ShardRow(int Id, Guid? Owner, long Epoch)
{
    /// <summary>The incarnation that a released shard is meant for; null when anybody may have it.</summary>
    public Guid? Successor { get; init; }

    /// <summary>
    /// How many owners in a row died soon after they had taken it, the last one to be taken from included. 0 after a
    /// release; 1 when the dead owner had it for long.
    /// </summary>
    public int Adopted { get; init; }

    /// <summary>Since when its owner has it, by the store's clock; null when it has none.</summary>
    public DateTimeOffset? TakenAt { get; init; }
}
