namespace Carillon.Web;

/// <summary>Figures over time.</summary>
/// <param name="JobId">The job; null for all jobs.</param>
/// <param name="From">When the first step begins.</param>
/// <param name="To">When the last step ends.</param>
/// <param name="Step">How long a step is.</param>
/// <param name="By">What the series are of; null for one series of everything.</param>
/// <param name="Percentiles">False when the jobs were too many to merge their durations: percentiles are missing then.</param>
/// <param name="Series">The series, by key.</param>
internal sealed record TrendDocument(
    string? JobId,
    DateTimeOffset From,
    DateTimeOffset To,
    TimeSpan Step,
    TrendKey? By,
    bool Percentiles,
    IReadOnlyList<TrendSeries> Series);
