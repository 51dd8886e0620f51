using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>Why one occurrence ran or did not.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="ScheduledAt">The occurrence; null for an instant that is none.</param>
/// <param name="Outcome">How it ended; null while it is open, and for an instant that is none.</param>
/// <param name="Execution">Its execution, or null when it has none.</param>
/// <param name="Stretch">The stretch that holds it, or null.</param>
public sealed record OccurrenceExplanation(
    OccurrenceDecision Decision,
    string Reason,
    DateTimeOffset? ScheduledAt = null,
    Outcome? Outcome = null,
    Execution? Execution = null,
    RecordedStretch? Stretch = null)
{
    /// <summary>What it waited for, in the order of time.</summary>
    public IReadOnlyList<AttemptWait> Waits { get; init; } = [];
}
