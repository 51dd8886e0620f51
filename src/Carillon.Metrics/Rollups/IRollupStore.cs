using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Reads of recorded roll-ups.</summary>
public interface IRollupStore
{
    /// <summary>The roll-ups of one job that begin in a period, all parts of them, in no particular order.</summary>
    Task<IReadOnlyList<Rollup>> ReadRollupsAsync(string jobId, RollupRange range, CancellationToken cancellationToken);

    /// <summary>As the reads of one job, of all jobs; null when there are more than <paramref name="most"/>.</summary>
    Task<IReadOnlyList<Rollup>?> ReadRollupsAsync(RollupRange range, int most, CancellationToken cancellationToken);

    /// <summary>The sums over all jobs for each minute or hour, category and queue.</summary>
    Task<IReadOnlyList<RollupSum>> SumRollupsAsync(RollupRange range, CancellationToken cancellationToken);

    /// <summary>
    /// The jobs with failures in each minute or hour and category: those with the most, at most
    /// <paramref name="most"/> for each.
    /// </summary>
    Task<IReadOnlyList<FailingJob>> ReadFailingJobsAsync(RollupRange range, int most, CancellationToken cancellationToken);

    /// <summary>The stretch of occurrences that did not run, of one job, which an instant lies in; null for none.</summary>
    Task<OccurrenceRun?> FindRunAsync(string jobId, DateTimeOffset at, CancellationToken cancellationToken);
}
