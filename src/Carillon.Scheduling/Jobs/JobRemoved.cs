namespace Carillon.Scheduling;

/// <summary>A job's word to its shard that it is gone from the store.</summary>
/// <param name="JobId">The job.</param>
internal sealed record JobRemoved(string JobId);
