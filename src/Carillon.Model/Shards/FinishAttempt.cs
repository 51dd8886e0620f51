namespace Carillon.Model;

/// <summary>Records how an open attempt ended.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="Result">How it ended.</param>
/// <param name="HadStarted">Whether its start had been recorded; false when it ended while waiting.</param>
public sealed record FinishAttempt(AttemptKey Key, AttemptResult Result, bool HadStarted) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Key.JobId;
}
