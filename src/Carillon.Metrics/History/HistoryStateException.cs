using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// A stored history cannot be understood: it was written by a later version or is damaged. The statistics of its shard
/// cannot be shown until it is, because figures without it would be wrong.
/// </summary>
public sealed class HistoryStateException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="jobId">
    /// Whose history it is; <see cref="HistorySnapshot.RetiredJobId"/> for that of deleted jobs.
    /// </param>
    /// <param name="problem">What is wrong with it, going on from "the stored history of job 'x' ".</param>
    public HistoryStateException(string jobId, string problem)
        : base(jobId == HistorySnapshot.RetiredJobId
            ? $"the stored history of deleted jobs {problem}"
            : $"the stored history of job '{jobId}' {problem}")
    {
        JobId = jobId;
    }

    /// <summary>Whose history it is.</summary>
    public string JobId { get; }
}
