namespace Carillon.Model;

/// <summary>Records that a waiting attempt starts.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="DueAt">When it was to start.</param>
/// <param name="StartedAt">When it starts.</param>
/// <param name="Node">The incarnation of the node that will run it.</param>
/// <param name="WaitCause">The longest of its waits.</param>
public sealed record StartAttempt(AttemptKey Key, DateTimeOffset DueAt, DateTimeOffset StartedAt, Guid Node, WaitCause WaitCause) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Key.JobId;
}
