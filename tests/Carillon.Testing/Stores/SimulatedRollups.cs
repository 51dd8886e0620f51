using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Testing;

/// <summary>Reads roll-ups of a simulated database.</summary>
internal sealed class SimulatedRollups(SimulatedStore store) : IRollupStore
{
    public Task<IReadOnlyList<Rollup>> ReadRollupsAsync(
        string jobId, RollupRange range, CancellationToken cancellationToken)
    {
        return store.ReadAsync<IReadOnlyList<Rollup>>(
            "read_rollups",
            database => [.. database.RollupsIn(range).Where(row => string.Equals(row.JobId, jobId, StringComparison.Ordinal))],
            cancellationToken);
    }

    public Task<IReadOnlyList<Rollup>?> ReadRollupsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        return store.ReadAsync<IReadOnlyList<Rollup>?>(
            "read_all_rollups",
            database => database.RollupsIn(range).ToArray() is var rows && rows.Length <= most ? rows : null,
            cancellationToken);
    }

    public Task<IReadOnlyList<RollupSum>> SumRollupsAsync(RollupRange range, CancellationToken cancellationToken)
    {
        return store.ReadAsync<IReadOnlyList<RollupSum>>(
            "sum_rollups",
            database =>
            [
                .. database.RollupsIn(range).GroupBy(static row => (row.Start, row.Category, row.Queue))
                    .Select(static rows => new RollupSum(
                        rows.Key.Start,
                        rows.Key.Category,
                        rows.Key.Queue,
                        rows.Aggregate(default(OutcomeCounts), static (sum, row) => sum + row.Ended),
                        rows.Sum(static row => row.Retries),
                        rows.Sum(static row => row.Durations),
                        rows.Sum(static row => row.DurationMicroseconds))),
            ],
            cancellationToken);
    }

    public Task<IReadOnlyList<FailingJob>> ReadFailingJobsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        return store.ReadAsync<IReadOnlyList<FailingJob>>(
            "read_failing_jobs",
            database =>
            [
                .. database.RollupsIn(range).Where(static row => row.Ended.Failure > 0)
                    .GroupBy(static row => (row.Start, row.Category, row.JobId))
                    .Select(static rows => new FailingJob(
                        rows.Key.Start, rows.Key.Category, rows.Key.JobId, rows.Sum(static row => row.Ended.Failure)))
                    .GroupBy(static job => (job.Start, job.Category))
                    .SelectMany(cell => cell.OrderByDescending(static job => job.Failures)
                        .ThenBy(static job => job.JobId, StringComparer.Ordinal).Take(most)),
            ],
            cancellationToken);
    }

    public Task<OccurrenceRun?> FindRunAsync(string jobId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        return store.ReadAsync(
            "find_run",
            database => database.Runs.FirstOrDefault(run =>
                string.Equals(run.JobId, jobId, StringComparison.Ordinal) && run.From <= at && run.To >= at),
            cancellationToken);
    }
}
