namespace Carillon.Scheduling;

/// <summary>The answer to <see cref="ReadAttempts"/>.</summary>
/// <param name="Items">Those of the attempts asked for whose code runs on this worker.</param>
public sealed record LiveAttempts(IReadOnlyList<LiveAttempt> Items);
