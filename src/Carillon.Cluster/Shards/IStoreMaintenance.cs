namespace Carillon.Cluster;

/// <summary>The store's housekeeping, done in bounded steps by any node.</summary>
public interface IStoreMaintenance
{
    /// <summary>Makes ready what writes of the coming days need, such as partitions. Cheap when there is nothing to do.</summary>
    Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Deletes at most <paramref name="limit"/> rows (or one partition) of finished history scheduled before <paramref name="before"/>.</summary>
    /// <returns>Whether there may be more to delete.</returns>
    Task<bool> DeleteExpiredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
