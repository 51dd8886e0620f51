namespace Carillon.Model;

/// <summary>What names one attempt in the whole cluster, for ever.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ScheduledAt">The occurrence: UTC, whole microseconds.</param>
/// <param name="Attempt">From 1.</param>
public readonly record struct AttemptKey(string JobId, DateTimeOffset ScheduledAt, int Attempt)
{
    /// <summary>The execution this attempt belongs to.</summary>
    public Guid ExecutionId => Model.ExecutionId.Of(JobId, ScheduledAt);
}
