namespace Carillon.Model;

/// <summary>
/// Records a new attempt. With <see cref="Model.Attempt.StartedAt"/> set it is planned and started at once, under one
/// number; without, it waits for its due time.
/// </summary>
/// <param name="Attempt">The attempt; its numbers and epoch are filled in when it is appended.</param>
public sealed record PlanAttempt(Attempt Attempt) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Attempt.Key.JobId;
}
