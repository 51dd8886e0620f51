using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>A job with its statistics and how it stands.</summary>
internal sealed record JobRow(Job Job, JobStatistics Statistics, JobStatus Status)
{
    /// <summary>Puts each job together with its statistics; a job that is not known there has none yet.</summary>
    public static IReadOnlyList<JobRow> Join(IReadOnlyList<Job> jobs, IReadOnlyList<JobStatistics> statistics)
    {
        var byId = statistics.ToDictionary(static s => s.JobId, StringComparer.Ordinal);
        return [.. jobs.Select(job => Of(job, byId.GetValueOrDefault(job.Id)))];
    }

    /// <summary>Puts a job together with its statistics; null when it is not known there yet.</summary>
    public static JobRow Of(Job job, JobStatistics? known)
    {
        var definition = job.Definition;
        var statistics = known ?? new JobStatistics
        {
            JobId = job.Id,
            JobName = definition.DisplayName,
            Owner = definition.Owner,
            Category = definition.Category,
        };
        return new JobRow(job, statistics, JobStatuses.Of(job, statistics));
    }
}
