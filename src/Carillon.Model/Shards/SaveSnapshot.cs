namespace Carillon.Model;

/// <summary>Records the folded history of a job, replacing the earlier snapshot.</summary>
/// <param name="Snapshot">The history and how far it reaches.</param>
public sealed record SaveSnapshot(HistorySnapshot Snapshot) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Snapshot.JobId;
}
