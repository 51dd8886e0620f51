namespace Carillon.Scheduling;

/// <summary>Reads of recorded executions. Filters, order and paging run in the store.</summary>
public interface IJobStore
{
    /// <summary>
    /// Executions in the order of the window: open ones first (newest scheduled first), then finished ones, newest
    /// finished first. Each comes with all its attempts, oldest first.
    /// </summary>
    Task<ExecutionPage> ListExecutionsAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>One execution with all its attempts, or null when there is none with the id.</summary>
    Task<Execution?> FindExecutionAsync(Guid executionId, CancellationToken cancellationToken);

    /// <summary>
    /// What the finished attempts of an execution printed, oldest first; attempts that printed nothing are missing.
    /// </summary>
    Task<IReadOnlyList<AttemptOutput>> ReadOutputAsync(Guid executionId, CancellationToken cancellationToken);

    /// <summary>
    /// What is recorded of a job about the time from <paramref name="from"/> on and before <paramref name="until"/>, of
    /// which there is little: a second at most.
    /// </summary>
    Task<OccurrenceRecord> FindOccurrenceAsync(
        string jobId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The errors of attempts by kind, the most frequent first; the samples come with their stacks.</summary>
    Task<ErrorPage> ListErrorsAsync(ErrorQuery query, CancellationToken cancellationToken);
}
