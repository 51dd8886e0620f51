using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The reads of the audit. Each looks at one stretch of time by an index, and at no more rows than asked for.</summary>
public interface IAuditStore
{
    /// <summary>
    /// The executions scheduled from <paramref name="from"/> on and before <paramref name="until"/>, by their first
    /// attempt, in the order of time.
    /// </summary>
    Task<IReadOnlyList<AttemptKey>> ReadOccurrencesAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The executions of which an attempt beyond the first ended from <paramref name="from"/> on and before
    /// <paramref name="until"/>; those of the earliest <paramref name="limit"/> such ends.
    /// </summary>
    Task<RepeatedExecutions> ReadRepeatedAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken);

    /// <summary>The stretches of jobs that reach into a time.</summary>
    Task<IReadOnlyList<OccurrenceRun>> ReadStretchesAsync(
        IReadOnlyList<string> jobIds, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The newest findings first.</summary>
    Task<IReadOnlyList<AuditFinding>> ListFindingsAsync(FindingQuery query, CancellationToken cancellationToken);
}
