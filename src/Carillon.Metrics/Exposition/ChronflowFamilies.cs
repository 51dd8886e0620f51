namespace Carillon.Metrics;

/// <summary>The figures of the cluster under the names of chronflow.</summary>
internal static class ChronflowFamilies
{
    private static readonly MetricFamily Uptime = MetricFamily.Unknown(
        "chronflow_uptime_seconds", "As scheduler_uptime_seconds.");

    private static readonly MetricFamily Executions = MetricFamily.Unknown(
        "chronflow_executions_total", "Executions that ran to an end; never falls.");

    private static readonly MetricFamily Successes = MetricFamily.Unknown(
        "chronflow_executions_success", "Executions that succeeded; never falls.");

    private static readonly MetricFamily Failures = MetricFamily.Unknown(
        "chronflow_executions_failed", "Executions that failed, timed out or were lost; never falls.");

    private static readonly MetricFamily TaskExecutions = MetricFamily.Unknown(
        "chronflow_task_executions", "Executions of the job that ran to an end; never falls.");

    private static readonly MetricFamily TaskDurations = MetricFamily.Unknown(
        "chronflow_task_duration_seconds",
        "Durations of the job: avg of all finished attempts, min and max of the window of the newest.");

    public static void Write(PageWriter page, ClusterSnapshot snapshot)
    {
        var totals = snapshot.Totals;
        page.Single(Uptime, SampleValue.Seconds(snapshot.Facts.Uptime));
        page.Single(Executions, SampleValue.Whole(totals.Outcomes.TotalRuns));
        page.Single(Successes, SampleValue.Whole(totals.Outcomes.Succeeded));
        page.Single(Failures, SampleValue.Whole(totals.Outcomes.Failure));
        page.Begin(TaskExecutions);
        foreach (var job in snapshot.Jobs)
        {
            page.Sample(TaskExecutions, LabelText.Of(("task", job.JobId)), SampleValue.Whole(job.Counts.Outcomes.TotalRuns));
        }

        page.Begin(TaskDurations);
        foreach (var job in snapshot.Jobs.Where(static job => job.Counts.Durations > 0))
        {
            WriteDurations(page, job);
        }
    }

    private static void WriteDurations(PageWriter page, JobStatistics job)
    {
        Write("avg", SampleValue.Real(job.Counts.AverageMicroseconds / 1_000_000));
        if (job.Window.Count > 0)
        {
            Write("min", SampleValue.Seconds(job.Window.Min));
            Write("max", SampleValue.Seconds(job.Window.Max));
        }

        void Write(string stat, SampleValue value)
        {
            page.Sample(TaskDurations, LabelText.Of(("task", job.JobId), ("stat", stat)), value);
        }
    }
}
