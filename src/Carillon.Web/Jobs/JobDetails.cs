using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>A job with how it stands and its statistics.</summary>
internal sealed record JobDetails : JobDocument
{
    /// <summary>Makes the document of a job.</summary>
    public JobDetails(JobRow row)
        : base(row.Job)
    {
        Status = row.Status;
        NextRunAt = row.Statistics.NextRunAt;
        Metrics = JobMetrics.Of(row.Statistics);
    }

    public JobStatus Status { get; }

    public DateTimeOffset? NextRunAt { get; }

    public JobMetrics Metrics { get; }
}
