namespace Carillon.Scheduling;

/// <summary>Which occurrences of all jobs to list.</summary>
/// <param name="From">From this instant on.</param>
/// <param name="Until">Before this instant.</param>
/// <param name="Limit">How many entries, from 1.</param>
/// <param name="After">The entry before the first one, or null to begin.</param>
public sealed record UpcomingQuery(
    DateTimeOffset From, DateTimeOffset Until, int Limit, (DateTimeOffset At, string JobId)? After = null)
{
    private const int MaxFolds = 100;

    private static readonly TimeSpan[] Folds =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromDays(1),
    ];

    /// <summary>
    /// Occurrences of one job inside one stretch of this length are one entry: the shortest of 1, 5 and 15 minutes, 1
    /// and 6 hours of which no more than 100 fill the period; else a day. Stretches begin at whole multiples in UTC.
    /// </summary>
    public TimeSpan Fold => Array.Find(Folds, fold => (Until - From) / fold <= MaxFolds) is { Ticks: > 0 } found ? found : Folds[^1];

    /// <summary>The end of the stretch that holds an instant.</summary>
    internal DateTimeOffset FoldEnd(DateTimeOffset instant)
    {
        var start = instant.UtcTicks - (instant.UtcTicks % Fold.Ticks);
        return start < DateTimeOffset.MaxValue.Ticks - Fold.Ticks ? new DateTimeOffset(start + Fold.Ticks, TimeSpan.Zero) : DateTimeOffset.MaxValue;
    }
}
