using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What to do about the due occurrences of a job.</summary>
/// <param name="NotRun">Stretches that end without running, oldest first.</param>
/// <param name="Through">The last occurrence decided about: the last one of <paramref name="NotRun"/>, or what it was before.</param>
/// <param name="Run">The occurrence to run now, or null when none is due or none may run yet.</param>
/// <param name="Next">
/// The first undecided occurrence: in the future, or due and waiting for room; null when the schedule has ended, or
/// when there is more to decide.
/// </param>
/// <param name="HasMore">Whether the decision was cut short, and is to be taken again for the rest.</param>
public sealed record PlanDecision(
    IReadOnlyList<OccurrenceRun> NotRun, DateTimeOffset Through, DateTimeOffset? Run, DateTimeOffset? Next, bool HasMore = false);
