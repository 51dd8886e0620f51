namespace Carillon.Metrics.Tests;

internal static class PartExtensions
{
    /// <summary>The books of the shard: deleted jobs and those that are there.</summary>
    public static ExecutionCounts Totals(this ShardHistoryPart part)
    {
        return part.Jobs.Aggregate(part.Retired, static (sum, job) => sum + job.Counts);
    }
}
