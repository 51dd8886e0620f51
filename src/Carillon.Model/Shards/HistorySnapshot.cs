namespace Carillon.Model;

/// <summary>
/// A job's folded history up to one number of its shard. A job has a snapshot from its creation on, so recovery need
/// only look at jobs that have one.
/// </summary>
/// <param name="JobId">The job, or <see cref="RetiredJobId"/> for what deleted jobs of the shard left behind.</param>
/// <param name="ThroughNo">Facts with a number up to this one are folded in.</param>
/// <param name="PlannedThrough">The last occurrence of the schedule that is folded in, or null.</param>
/// <param name="State">The history in its own format; empty when no fact is folded in yet.</param>
public sealed record HistorySnapshot(string JobId, long ThroughNo, DateTimeOffset? PlannedThrough, ReadOnlyMemory<byte> State)
{
    /// <summary>The name under which a shard keeps the counts of its deleted jobs. Not a legal job id.</summary>
    public const string RetiredJobId = "";
}
