using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>
/// Reads the figures of past periods: first what the owners have not recorded yet, then what is recorded and not among
/// it. In this order nothing is missed or counted twice, whatever is recorded in between.
/// </summary>
internal sealed class PeriodReader(NodeContext node, ClusterReader cluster)
{
    /// <summary>How many roll-ups of all jobs are merged for percentiles.</summary>
    private const int MaxMerged = 100_000;

    /// <summary>How many failing jobs are told for each hour and category.</summary>
    private const int MaxFailing = 20;

    /// <summary>The roll-ups of one job, also of one that is deleted.</summary>
    public async Task<IReadOnlyList<Rollup>> ReadAsync(
        string jobId, IReadOnlyList<RollupRange> ranges, CancellationToken cancellationToken)
    {
        var all = new List<Rollup>();
        foreach (var range in Splice(ranges, await cluster.ReadUnsavedAsync(jobId, cancellationToken), all))
        {
            all.AddRange(await node.Rollups.ReadRollupsAsync(jobId, range, cancellationToken));
        }

        return all;
    }

    /// <summary>The sums over all jobs for each minute or hour, category and queue; parts are not added up.</summary>
    public async Task<IReadOnlyList<RollupSum>> SumAsync(
        IReadOnlyList<RollupRange> ranges, CancellationToken cancellationToken)
    {
        var unsaved = new List<Rollup>();
        var sums = new List<RollupSum>();
        foreach (var range in Splice(ranges, await cluster.ReadUnsavedAsync(jobId: null, cancellationToken), unsaved))
        {
            sums.AddRange(await node.Rollups.SumRollupsAsync(range, cancellationToken));
        }

        sums.AddRange(unsaved.Select(RollupSum.Of));
        return sums;
    }

    /// <summary>The roll-ups of all jobs, or null when they are too many.</summary>
    public async Task<IReadOnlyList<Rollup>?> ReadAllAsync(
        IReadOnlyList<RollupRange> ranges, CancellationToken cancellationToken)
    {
        var all = new List<Rollup>();
        foreach (var range in Splice(ranges, await cluster.ReadUnsavedAsync(jobId: null, cancellationToken), all))
        {
            if (await node.Rollups.ReadRollupsAsync(range, MaxMerged - all.Count, cancellationToken) is not { } rollups)
            {
                return null;
            }

            all.AddRange(rollups);
        }

        return all;
    }

    /// <summary>The jobs with the most failures of each minute or hour and category; parts are not added up.</summary>
    public async Task<IReadOnlyList<FailingJob>> ReadFailingAsync(
        IReadOnlyList<RollupRange> ranges, CancellationToken cancellationToken)
    {
        var unsaved = new List<Rollup>();
        var failing = new List<FailingJob>();
        foreach (var range in Splice(ranges, await cluster.ReadUnsavedAsync(jobId: null, cancellationToken), unsaved))
        {
            failing.AddRange(await node.Rollups.ReadFailingJobsAsync(range, MaxFailing, cancellationToken));
        }

        failing.AddRange(unsaved.Where(static rollup => rollup.Ended.Failure > 0)
            .Select(static rollup => new FailingJob(rollup.Start, rollup.Category, rollup.JobId, rollup.Ended.Failure)));
        return failing;
    }

    /// <summary>Adds the unsaved roll-ups that lie in a range, and leaves them out of what is read.</summary>
    private static IEnumerable<RollupRange> Splice(
        IReadOnlyList<RollupRange> ranges, IReadOnlyList<Rollup> unsaved, List<Rollup> all)
    {
        foreach (var range in ranges)
        {
            Rollup[] newer = [.. unsaved.Where(range.Holds)];
            all.AddRange(newer);
            yield return range with { Except = newer };
        }
    }
}
