namespace Carillon.Cluster;

/// <summary>The store's housekeeping, done in bounded steps by any node.</summary>
public interface IStoreMaintenance
{
    /// <summary>
    /// Makes ready what writes of the coming days need, such as partitions. Cheap when there is nothing to do.
    /// </summary>
    Task PrepareAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps short what new owners have to read: only what is open, however much has ended since the store last tidied up by
    /// itself. Cheap when it is done every minute.
    /// </summary>
    Task SweepAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> rows (or one partition) of what has expired: executions that have ended
    /// and were scheduled before <see cref="Expiry.Executions"/>, cut to the start of its UTC day; runs of occurrences
    /// and dead nodes from before that; trigger keys past their time; roll-ups. An execution that is open keeps all of
    /// its attempts.
    /// </summary>
    /// <returns>Whether there may be more to delete.</returns>
    Task<bool> DeleteExpiredAsync(Expiry before, int limit, CancellationToken cancellationToken);
}
