using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web.Tests;

/// <summary>Roll-ups in memory.</summary>
internal sealed class MemoryRollups : IRollupStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string JobId, RollupSpan, DateTimeOffset Start, long FirstNo), Rollup> _rows = [];

    public void Save(Rollup rollup)
    {
        lock (_gate)
        {
            _rows[(rollup.JobId, rollup.Span, rollup.Start, rollup.FirstNo)] = rollup;
        }
    }

    public Task<IReadOnlyList<Rollup>> ReadRollupsAsync(
        string jobId, RollupRange range, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyList<Rollup>>(
            [.. In(range).Where(row => string.Equals(row.JobId, jobId, StringComparison.Ordinal))]);
    }

    public Task<IReadOnlyList<Rollup>?> ReadRollupsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyList<Rollup>?>(In(range));
    }

    public Task<IReadOnlyList<RollupSum>> SumRollupsAsync(RollupRange range, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyList<RollupSum>>([.. In(range).Select(RollupSum.Of)]);
    }

    public Task<IReadOnlyList<FailingJob>> ReadFailingJobsAsync(
        RollupRange range, int most, CancellationToken cancellationToken)
    {
        return Task.FromResult<IReadOnlyList<FailingJob>>(
        [
            .. In(range).Where(static row => row.Ended.Failure > 0)
                .Select(static row => new FailingJob(row.Start, row.Category, row.JobId, row.Ended.Failure)),
        ]);
    }

    public Task<OccurrenceRun?> FindRunAsync(string jobId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        return Task.FromResult<OccurrenceRun?>(null);
    }

    private Rollup[] In(RollupRange range)
    {
        lock (_gate)
        {
            return [.. _rows.Values.Where(range.Holds).Except(range.Except)];
        }
    }
}
