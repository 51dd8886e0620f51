namespace Carillon.Model;

/// <summary>
/// A job's folded history up to one number of its shard. A job has a snapshot from its first fact on, recorded in one
/// step with it, so recovery need only look for facts of jobs that have one, and a job that never ran costs nothing.
/// </summary>
/// <param name="JobId">The job, or <see cref="RetiredJobId"/> for what deleted jobs of the shard left behind.</param>
/// <param name="CreatedNo"><see cref="Job.CreatedNo"/>: tells the job from an earlier one of the same id.</param>
/// <param name="ThroughNo">Facts with a number up to this one are folded in.</param>
/// <param name="PlannedThrough">The last occurrence of the schedule that is folded in, or null.</param>
/// <param name="State">The history in its own format; empty when no fact is folded in yet.</param>
public sealed record HistorySnapshot(
    string JobId, long CreatedNo, long ThroughNo, DateTimeOffset? PlannedThrough, ReadOnlyMemory<byte> State)
{
    /// <summary>The name under which a shard keeps the counts of its deleted jobs. Not a legal job id.</summary>
    public const string RetiredJobId = "";

    /// <summary>The snapshot of a job about which nothing has been recorded.</summary>
    /// <param name="job">The job, recorded.</param>
    public static HistorySnapshot Empty(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new HistorySnapshot(job.Id, job.CreatedNo, job.CreatedNo, null, ReadOnlyMemory<byte>.Empty);
    }
}
