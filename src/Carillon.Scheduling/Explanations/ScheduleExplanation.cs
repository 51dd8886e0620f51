namespace Carillon.Scheduling.Explanations;

/// <summary>What is to come of a schedule, with every decision in words.</summary>
/// <param name="Items">From the next one on, those that do not run between them.</param>
/// <param name="Note">Why there are no more of them; null when there are.</param>
/// <param name="AffectedDates">The changes of the clocks within a year that the schedule meets.</param>
public sealed record ScheduleExplanation(
    IReadOnlyList<ExplainedOccurrence> Items,
    string? Note,
    IReadOnlyList<AffectedDate> AffectedDates);
