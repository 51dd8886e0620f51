namespace Carillon.Model;

/// <summary>
/// Removes the history of a deleted job. Written together with the snapshot that took its counts over, so that the
/// totals of the shard never move.
/// </summary>
/// <param name="Id">The deleted job.</param>
/// <param name="CreatedNo">Which of the jobs that had the id.</param>
public sealed record DropSnapshot(string Id, long CreatedNo) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Id;
}
