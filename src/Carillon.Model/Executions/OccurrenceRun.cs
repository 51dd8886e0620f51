namespace Carillon.Model;

/// <summary>
/// A stretch of occurrences of one job that ended the same way without running: one row, so that a paused job costs
/// nothing. The row is named by job and first occurrence, and grows while the stretch does.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="From">The first occurrence.</param>
/// <param name="To">The last occurrence.</param>
/// <param name="Count">How many there are, from 1.</param>
/// <param name="Outcome"><see cref="Outcome.Skipped"/> or <see cref="Outcome.Misfired"/>.</param>
/// <param name="Reason">overlap, paused, disabled, calendar or grace.</param>
public sealed record OccurrenceRun(string JobId, DateTimeOffset From, DateTimeOffset To, long Count, Outcome Outcome, string Reason);
