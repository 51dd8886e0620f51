namespace Carillon.Scheduling;

/// <summary>The errors of a period by kind, the most frequent first.</summary>
/// <param name="Groups">The groups, at most the limit.</param>
/// <param name="Total">How many groups there are.</param>
/// <param name="Errors">How many errors they hold together.</param>
/// <param name="IsExact">False when only the newest 100,000 errors of the period were counted.</param>
public sealed record ErrorPage(IReadOnlyList<ErrorGroup> Groups, int Total, long Errors, bool IsExact)
{
    /// <summary>The most errors that are counted, from the newest.</summary>
    public const int MaxErrors = 100_000;
}
