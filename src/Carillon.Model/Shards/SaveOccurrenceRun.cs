namespace Carillon.Model;

/// <summary>Records a stretch of occurrences that did not run, or its growth.</summary>
/// <param name="Run">The whole stretch as it now is; replaces the row of the same job and first occurrence.</param>
public sealed record SaveOccurrenceRun(OccurrenceRun Run) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Run.JobId;
}
