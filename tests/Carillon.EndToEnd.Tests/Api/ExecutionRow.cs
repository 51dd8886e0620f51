namespace Carillon.EndToEnd.Tests.Api;

/// <summary>An execution as lists show it.</summary>
internal sealed record ExecutionRow(
    Guid ExecutionId,
    string JobId,
    string Status,
    DateTimeOffset ScheduledAt,
    DateTimeOffset? FinishedAt,
    double? DurationMs,
    IReadOnlyList<AttemptRow> Attempts);
