namespace Carillon.Scheduling;

/// <summary>A job's word to its shard that nothing of it is on its way any more.</summary>
/// <param name="JobId">The job.</param>
internal sealed record JobDrained(string JobId);
