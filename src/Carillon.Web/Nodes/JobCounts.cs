namespace Carillon.Web;

/// <summary>How many jobs stand how.</summary>
internal sealed record JobCounts(
    int Total, int Pending, int Running, int Completed, int Failed, int Paused, int Cancelled)
{
    /// <summary>Counts jobs.</summary>
    public static JobCounts Of(IReadOnlyList<JobRow> rows)
    {
        var by = rows.CountBy(static row => row.Status).ToDictionary();
        return new JobCounts(
            rows.Count,
            by.GetValueOrDefault(JobStatus.Pending),
            by.GetValueOrDefault(JobStatus.Running),
            by.GetValueOrDefault(JobStatus.Completed),
            by.GetValueOrDefault(JobStatus.Failed),
            by.GetValueOrDefault(JobStatus.Paused),
            by.GetValueOrDefault(JobStatus.Cancelled));
    }
}
