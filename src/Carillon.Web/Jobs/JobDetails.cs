using System.Text.Json.Serialization;
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

    [JsonPropertyOrder(1)]
    public JobStatus Status { get; }

    [JsonPropertyOrder(1)]
    public DateTimeOffset? NextRunAt { get; }

    [JsonPropertyOrder(1)]
    public JobMetrics Metrics { get; }
}
