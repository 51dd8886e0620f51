using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>One occurrence and its attempts.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ScheduledAt">The occurrence.</param>
/// <param name="Attempts">From the first to the newest; at least one.</param>
/// <param name="NodeNames">The name of each incarnation that occurs in the attempts.</param>
public sealed record Execution(
    string JobId, DateTimeOffset ScheduledAt, IReadOnlyList<Attempt> Attempts, IReadOnlyDictionary<Guid, string> NodeNames)
{
    /// <summary>The id of the execution.</summary>
    public Guid Id => ExecutionId.Of(JobId, ScheduledAt);
}
