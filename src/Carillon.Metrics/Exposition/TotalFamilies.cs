namespace Carillon.Metrics;

/// <summary>The families about all jobs together.</summary>
internal static class TotalFamilies
{
    private static readonly MetricFamily Executions = MetricFamily.Counter(
        "scheduler_executions_total",
        "Executions that succeeded or failed, and retries, of all jobs, also deleted ones.");

    private static readonly MetricFamily StartLags = MetricFamily.Histogram(
        "scheduler_start_lag_seconds",
        "From due to started, by the job's category and the cause of the longest wait.");

    /// <summary>Writes all families.</summary>
    public static void Write(PageWriter page, ClusterSnapshot snapshot)
    {
        page.Labelled(Executions, "status",
        [
            ("success", snapshot.Totals.Outcomes.Succeeded),
            ("failure", snapshot.Totals.Outcomes.Failure),
            ("retry", snapshot.Totals.Retries),
        ]);
        page.Begin(StartLags);
        foreach (var lag in snapshot.StartLags)
        {
            var labels = LabelText.Of(("category", lag.Category), ("cause", Words.Of(lag.Cause)));
            page.Histogram(StartLags, labels, lag.Lag);
        }
    }
}
