namespace Carillon.Node.Logs;

/// <summary>An attempt that took long.</summary>
/// <param name="Job">The job, or null.</param>
/// <param name="Execution">The execution, or null.</param>
/// <param name="Attempt">The attempt, or null.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record SlowAttempt(
    string? Job, string? Execution, int? Attempt, DateTimeOffset EndedAt, double DurationMs, string Outcome);
