namespace Carillon.EndToEnd.Tests.Api;

/// <summary>An attempt as lists show it.</summary>
internal sealed record AttemptRow(
    int Attempt,
    string State,
    string? Node,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    double? DurationMs,
    string? Outcome,
    string? Reason,
    long? FencingToken);
