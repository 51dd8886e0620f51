namespace Carillon.Node.Logs;

/// <summary>What is in a log; the members are those of <c>logs analyse --json</c>.</summary>
/// <param name="Lines">Lines that were read.</param>
/// <param name="Unreadable">Of these, half lines and what is no line of a JSON log.</param>
/// <param name="From">The time of the earliest line; null without one.</param>
/// <param name="To">The time of the latest line; null without one.</param>
/// <param name="Levels">Lines by level.</param>
/// <param name="Jobs">By job, most lines first.</param>
/// <param name="Errors">By kind of error, most frequent first.</param>
/// <param name="Slowest">The attempts that took longest.</param>
internal sealed record LogAnswer(
    long Lines,
    long Unreadable,
    DateTimeOffset? From,
    DateTimeOffset? To,
    IReadOnlyDictionary<string, long> Levels,
    IReadOnlyList<JobLog> Jobs,
    IReadOnlyList<ErrorLog> Errors,
    IReadOnlyList<SlowAttempt> Slowest);
