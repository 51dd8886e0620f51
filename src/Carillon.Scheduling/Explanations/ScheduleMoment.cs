namespace Carillon.Scheduling.Explanations;

/// <summary>What a schedule says about a short time.</summary>
/// <param name="Due">Its first occurrence in that time, or null.</param>
/// <param name="Note">
/// What was decided about it (daylight saving, jitter), or why there is none; null when there was nothing to decide.
/// </param>
/// <param name="Previous">The last occurrence before it, or before the time itself; null when there is none.</param>
/// <param name="Next">The first occurrence after it, or after the time itself; null when there is none.</param>
public sealed record ScheduleMoment(
    DateTimeOffset? Due, string? Note, DateTimeOffset? Previous, DateTimeOffset? Next);
