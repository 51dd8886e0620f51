namespace Carillon.Scheduling.Explanations;

/// <summary>An occurrence that is to come, or some in a row that do not come, for one reason.</summary>
/// <param name="ScheduledAt">When it is due; of several the first one. Null where that time does not exist.</param>
/// <param name="LocalTime">
/// The same on the wall clock of the schedule's zone, with its offset; without one where that time does not exist.
/// </param>
/// <param name="Runs">False: it is no occurrence, and the decision says why.</param>
/// <param name="Count">How many there are in a row, counted up to 1,000; 1 for one that runs.</param>
/// <param name="Decision">What was decided about it and why; null when there was nothing to decide.</param>
public sealed record ExplainedOccurrence(
    DateTimeOffset? ScheduledAt,
    string LocalTime,
    bool Runs,
    long Count,
    string? Decision);
