namespace Carillon.Scheduling;

/// <summary>Which errors of attempts to group.</summary>
/// <param name="From">Attempts that ended at or after this.</param>
/// <param name="Until">Attempts that ended before this.</param>
/// <param name="JobId">Only this job's; null for all jobs.</param>
/// <param name="Limit">How many groups, 1 to 1,000.</param>
public sealed record ErrorQuery(DateTimeOffset From, DateTimeOffset Until, string? JobId = null, int Limit = 50);
