using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The families with one series or more for each job.</summary>
internal sealed class JobFamilies
{
    private static readonly (MetricFamily Family, Func<JobStatistics, SampleValue> Value)[] Singles =
    [
        Counter(
            "scheduler_job_success_total",
            "Executions that succeeded.",
            static job => SampleValue.Whole(job.Counts.Outcomes.Succeeded)),
        Counter(
            "scheduler_job_failure_total",
            "Executions that failed, timed out or were lost.",
            static job => SampleValue.Whole(job.Counts.Outcomes.Failure)),
        Counter(
            "scheduler_job_retries_total",
            "Started attempts beyond the first of their execution.",
            static job => SampleValue.Whole(job.Counts.Retries)),
        Counter(
            "scheduler_job_planned_total",
            "Occurrences that fell due or were triggered, run or not.",
            static job => SampleValue.Whole(job.Counts.Planned)),
        Gauge(
            "scheduler_job_open",
            "Executions without an outcome yet: planned minus all outcomes.",
            static job => SampleValue.Whole(job.Counts.Open)),
        Gauge(
            "scheduler_job_running",
            "Attempts that run now.",
            static job => SampleValue.Whole(job.Counts.Running)),
        Gauge(
            "scheduler_job_last_duration_ms",
            "Duration of the newest finished attempt in milliseconds.",
            static job => SampleValue.Milliseconds(job.LastDurationMicroseconds)),
        Gauge(
            "scheduler_job_last_run_timestamp",
            "When the newest attempt ended, in Unix seconds.",
            static job => Timestamp(job.LastFinishedAt)),
        Gauge(
            "scheduler_job_duration_avg_ms",
            "Mean duration of all finished attempts in milliseconds.",
            static job => Average(job)),
        Gauge(
            "scheduler_job_duration_p50_ms",
            "Median of the window of the newest durations in milliseconds.",
            static job => OfWindow(job, job.Window.P50)),
        Gauge(
            "scheduler_job_duration_p95_ms",
            "95th percentile of the window of the newest durations in milliseconds.",
            static job => OfWindow(job, job.Window.P95)),
        Gauge(
            "scheduler_job_duration_p99_ms",
            "99th percentile of the window of the newest durations in milliseconds.",
            static job => OfWindow(job, job.Window.P99)),
        Gauge(
            "scheduler_job_duration_min_ms",
            "Shortest duration in the window of the newest ones in milliseconds.",
            static job => OfWindow(job, job.Window.Min)),
        Gauge(
            "scheduler_job_duration_max_ms",
            "Longest duration in the window of the newest ones in milliseconds.",
            static job => OfWindow(job, job.Window.Max)),
        Gauge(
            "scheduler_job_next_run_timestamp_seconds",
            "When the job is due next, in Unix seconds.",
            static job => Timestamp(job.NextRunAt)),
        Gauge(
            "scheduler_job_last_success_timestamp_seconds",
            "When an execution last succeeded, in Unix seconds.",
            static job => Timestamp(job.LastSuccessAt)),
    ];

    private static readonly MetricFamily Occurrences = MetricFamily.Counter(
        "scheduler_job_occurrences_total",
        "Occurrences that ended, by outcome. Planned is their sum and those still open.");

    private static readonly MetricFamily Durations = MetricFamily.Histogram(
        "scheduler_job_duration_seconds",
        "Durations of finished attempts.");

    private static readonly (Outcome Outcome, byte[] Tail)[] Outcomes =
        [.. Enum.GetValues<Outcome>().Select(static outcome => (outcome, Tail(outcome)))];

    private readonly JobLabelCache _labels = new();

    /// <summary>Writes all families.</summary>
    public void Write(PageWriter page, IReadOnlyList<JobStatistics> jobs)
    {
        var labels = _labels.Of(jobs);
        foreach (var (family, value) in Singles)
        {
            page.Begin(family);
            for (var i = 0; i < labels.Length; i++)
            {
                page.Sample(family, labels[i], value(jobs[i]));
            }
        }

        page.Begin(Occurrences);
        for (var i = 0; i < labels.Length; i++)
        {
            foreach (var (outcome, tail) in Outcomes)
            {
                page.Sample(Occurrences, labels[i], tail, SampleValue.Whole(jobs[i].Counts.Outcomes.Of(outcome)));
            }
        }

        page.Begin(Durations);
        for (var i = 0; i < labels.Length; i++)
        {
            page.Histogram(Durations, labels[i], jobs[i].Durations);
        }
    }

    private static (MetricFamily Family, Func<JobStatistics, SampleValue> Value) Counter(
        string name, string help, Func<JobStatistics, SampleValue> value)
    {
        return (MetricFamily.Counter(name, help), value);
    }

    private static (MetricFamily Family, Func<JobStatistics, SampleValue> Value) Gauge(
        string name, string help, Func<JobStatistics, SampleValue> value)
    {
        return (MetricFamily.Gauge(name, help), value);
    }

    private static byte[] Tail(Outcome outcome)
    {
        return PageWriter.Tail("outcome", Words.Of(outcome));
    }

    private static SampleValue Timestamp(DateTimeOffset? instant)
    {
        return SampleValue.Seconds(instant is { } known ? Instant.ToMicroseconds(known) : (long?)null);
    }

    private static SampleValue Average(JobStatistics job)
    {
        return job.Counts.Durations == 0
            ? SampleValue.Absent
            : SampleValue.Real(job.Counts.AverageMicroseconds / 1_000);
    }

    private static SampleValue OfWindow(JobStatistics job, double microseconds)
    {
        return job.Window.Count == 0 ? SampleValue.Absent : SampleValue.Real(microseconds / 1_000);
    }

    private static SampleValue OfWindow(JobStatistics job, long microseconds)
    {
        return job.Window.Count == 0 ? SampleValue.Absent : SampleValue.Milliseconds(microseconds);
    }
}
