namespace Carillon.Scheduling;

/// <summary>A job's word to its shard: when to wake it, and when it runs next.</summary>
/// <param name="JobId">The job.</param>
/// <param name="WakeAt">When there is something to do, or null when only a message can bring that.</param>
/// <param name="NextRunAt">The next occurrence of its schedule, or null.</param>
internal sealed record WakeWish(string JobId, DateTimeOffset? WakeAt, DateTimeOffset? NextRunAt);
