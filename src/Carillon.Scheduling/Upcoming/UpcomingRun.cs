using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Occurrences of one job that are to come, close together.</summary>
/// <param name="Job">The job.</param>
/// <param name="At">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Count">How many there are, counted up to 1,000.</param>
/// <param name="SkipReason">Why they will not run as things stand (<see cref="SkipReasons"/>), or null.</param>
public sealed record UpcomingRun(Job Job, DateTimeOffset At, DateTimeOffset Last, long Count, string? SkipReason);
