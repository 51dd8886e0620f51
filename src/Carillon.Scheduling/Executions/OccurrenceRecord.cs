namespace Carillon.Scheduling;

/// <summary>What is recorded of one job about a short time.</summary>
/// <param name="Execution">The first execution that is scheduled in it, or null.</param>
/// <param name="Stretch">The newest stretch without a run that reaches into it, or null.</param>
public sealed record OccurrenceRecord(Execution? Execution, RecordedStretch? Stretch);
