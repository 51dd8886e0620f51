namespace Carillon.Metrics;

/// <summary>The families of recorded operations.</summary>
internal static class OperationFamilies
{
    private static readonly MetricFamily Durations = MetricFamily.Histogram(
        "scheduler_operation_duration_seconds",
        "How long calls of operations took.");

    private static readonly MetricFamily Successes = MetricFamily.Counter(
        "scheduler_operation_success_total",
        "Calls of operations that succeeded.");

    private static readonly MetricFamily Failures = MetricFamily.Counter(
        "scheduler_operation_failure_total",
        "Calls of operations that failed, by what went wrong.");

    private static readonly MetricFamily Retries = MetricFamily.Counter(
        "scheduler_operation_retries_total",
        "Attempts beyond the first.");

    /// <summary>Writes all families.</summary>
    public static void Write(PageWriter page, IReadOnlyList<OperationGroup> operations)
    {
        var series = operations.SelectMany(static group => group.Series.Select(s => (Labels(group, s), s))).ToArray();
        page.Begin(Durations);
        foreach (var (labels, one) in series)
        {
            page.Histogram(Durations, labels, one.Durations);
        }

        page.Begin(Successes);
        foreach (var (labels, one) in series)
        {
            page.Sample(Successes, labels, SampleValue.Whole(one.Successes));
        }

        page.Begin(Failures);
        foreach (var (labels, one) in series)
        {
            foreach (var (type, count) in one.Failures)
            {
                page.Sample(Failures, labels, PageWriter.Tail("error_type", type), SampleValue.Whole(count));
            }
        }

        page.Begin(Retries);
        foreach (var (labels, one) in series)
        {
            page.Sample(Retries, labels, SampleValue.Whole(one.Retries));
        }
    }

    private static byte[] Labels(OperationGroup group, OperationSeries series)
    {
        return LabelText.Of([("operation", group.Name), .. OperationGroup.LabelsOf(series.Labels, group.LabelNames)]);
    }
}
