using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>
/// The figures of the cluster under the names of a Celery exporter. The durations keep their type: queries take
/// quantiles of their buckets.
/// </summary>
internal static class CeleryFamilies
{
    private static readonly MetricFamily Tasks = MetricFamily.Unknown(
        "celery_tasks_total", "As scheduler_executions_total; never falls.");

    private static readonly MetricFamily Durations = MetricFamily.Histogram(
        "celery_tasks_duration_seconds", "Durations of finished attempts of all jobs, also deleted ones.");

    private static readonly MetricFamily QueueLength = MetricFamily.Unknown(
        "celery_queue_length", "As scheduler_queue_length.");

    private static readonly MetricFamily Active = MetricFamily.Unknown(
        "celery_workers_active", "As scheduler_workers_active.");

    private static readonly MetricFamily Idle = MetricFamily.Unknown(
        "celery_workers_idle", "As scheduler_workers_idle.");

    public static void Write(PageWriter page, ClusterSnapshot snapshot)
    {
        var facts = snapshot.Facts;
        var nodes = facts.Nodes.Where(static node => node.Status != NodeStatus.Dead).ToArray();
        page.Labelled(Tasks, "status",
        [
            ("success", snapshot.Totals.Outcomes.Succeeded),
            ("failure", snapshot.Totals.Outcomes.Failure),
            ("retry", snapshot.Totals.Retries),
        ]);
        page.Begin(Durations);
        page.Histogram(Durations, [], AllDurations(snapshot));
        page.Labelled(QueueLength, "queue", facts.Queues.Select(static queue => (queue.Name, queue.Length)));
        page.Labelled(Active, "worker", nodes.Select(static node => (node.Name, (long)node.ActiveSlots)));
        page.Labelled(Idle, "worker", nodes.Select(static node => (node.Name, (long)node.IdleSlots)));
    }

    private static HistogramValues AllDurations(ClusterSnapshot snapshot)
    {
        return snapshot.Jobs.Aggregate(snapshot.RetiredDurations, static (sum, job) => sum.Plus(job.Durations));
    }
}
