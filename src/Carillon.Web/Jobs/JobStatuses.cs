using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>Decides how a job stands. Pure; the first rule that applies counts.</summary>
internal static class JobStatuses
{
    /// <summary>The word for a job.</summary>
    public static JobStatus Of(Job job, JobStatistics statistics)
    {
        if (job.Pause is not null || !job.Definition.Enabled)
        {
            return JobStatus.Paused;
        }

        var counts = statistics.Counts;
        if (counts.Running > 0)
        {
            return JobStatus.Running;
        }

        return counts.Open > 0 ? JobStatus.Pending : Of(statistics.LastOutcome);
    }

    private static JobStatus Of(Outcome? last)
    {
        return last switch
        {
            Outcome.Succeeded => JobStatus.Completed,
            Outcome.Failed or Outcome.TimedOut or Outcome.Lost => JobStatus.Failed,
            Outcome.Cancelled => JobStatus.Cancelled,
            _ => JobStatus.Pending,
        };
    }
}
