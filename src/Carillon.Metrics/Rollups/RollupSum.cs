using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The sums over all jobs of one category and queue in one minute or hour.</summary>
/// <param name="Start">When it begins, UTC.</param>
/// <param name="Category">The category; <c>unknown</c> for jobs without one.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Ended">What ended.</param>
/// <param name="Retries">Attempts beyond the first that started.</param>
/// <param name="Durations">Attempts that ended and have a duration.</param>
/// <param name="DurationMicroseconds">The sum of these durations.</param>
public sealed record RollupSum(
    DateTimeOffset Start,
    string Category,
    string Queue,
    OutcomeCounts Ended,
    long Retries,
    long Durations,
    long DurationMicroseconds)
{
    /// <summary>What one roll-up adds.</summary>
    public static RollupSum Of(Rollup rollup)
    {
        ArgumentNullException.ThrowIfNull(rollup);
        return new RollupSum(
            rollup.Start,
            rollup.Category,
            rollup.Queue,
            rollup.Ended,
            rollup.Retries,
            rollup.Durations,
            rollup.DurationMicroseconds);
    }
}
