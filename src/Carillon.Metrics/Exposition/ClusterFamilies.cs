using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>
/// The families that are not about jobs: queues, workers, and the cluster about itself.
/// </summary>
internal static class ClusterFamilies
{
    private static readonly MetricFamily Uptime = MetricFamily.Gauge(
        "scheduler_uptime_seconds",
        "Seconds since the statistics began: the first start or the last reset.");

    private static readonly MetricFamily Enabled = MetricFamily.Gauge(
        "scheduler_metrics_enabled",
        "1, or 0 when the statistics of jobs are not shown.");

    private static readonly MetricFamily QueueLength = MetricFamily.Gauge(
        "scheduler_queue_length",
        "Attempts that wait for a slot.");

    private static readonly MetricFamily QueueOldest = MetricFamily.Gauge(
        "scheduler_queue_oldest_seconds",
        "How long the attempt that waits longest has waited; 0 when none waits.");

    private static readonly MetricFamily Nodes = MetricFamily.Gauge(
        "scheduler_cluster_nodes",
        "Nodes by state.");

    private static readonly MetricFamily Shards = MetricFamily.Gauge(
        "scheduler_cluster_shards",
        "Shards with and without an owner.");

    private static readonly MetricFamily FencedWrites = MetricFamily.Counter(
        SeriesName.FencedWrites.Name,
        "Writes of ended terms that the store refused.");

    private static readonly MetricFamily Takeovers = MetricFamily.Counter(
        SeriesName.Takeovers.Name,
        "Shards that changed their owner, by reason.");

    private static readonly MetricFamily AuditDuplicates = MetricFamily.Counter(
        "scheduler_audit_duplicates_total",
        "Occurrences that overlapped with themselves or succeeded twice, as the audit of the records has found.");

    private static readonly MetricFamily AuditMissed = MetricFamily.Counter(
        "scheduler_audit_missed_total",
        "Occurrences that were passed over without a record, as the audit of the records has found.");

    private static readonly MetricFamily Dropped = MetricFamily.Counter(
        "scheduler_metrics_dropped_total",
        "Observations that were not counted, by reason.");

    private static readonly MetricFamily BuildInfo = MetricFamily.Gauge(
        "scheduler_build_info",
        "The version of the node that made this page; always 1.");

    private static readonly (MetricFamily Family, Func<NodeFacts, SampleValue> Value)[] OfNode =
    [
        (MetricFamily.Gauge("scheduler_workers_active", "Slots of the node's worker that run something."),
            static node => SampleValue.Whole(node.ActiveSlots)),
        (MetricFamily.Gauge("scheduler_workers_idle", "Slots of the node's worker that are free."),
            static node => SampleValue.Whole(node.IdleSlots)),
        (MetricFamily.Gauge("scheduler_cluster_view_age_seconds", "How old what is known about the node is."),
            static node => SampleValue.Seconds(node.Age)),
        (MetricFamily.Gauge("scheduler_cluster_clock_skew_seconds", "The node's clock minus the store's."),
            static node => SampleValue.Seconds(node.ClockSkew)),
        (MetricFamily.Gauge("scheduler_cluster_lease_headroom_seconds", "How long the node's lease still lasts."),
            static node => SampleValue.Seconds(node.LeaseHeadroom)),
    ];

    /// <summary>Writes all families.</summary>
    public static void Write(PageWriter page, ClusterSnapshot snapshot, bool enabled)
    {
        var facts = snapshot.Facts;
        page.Single(Uptime, SampleValue.Seconds(facts.Uptime));
        page.Single(Enabled, SampleValue.Whole(enabled ? 1 : 0));
        WriteQueues(page, facts.Queues);
        WriteNodes(page, facts.Nodes);
        page.Labelled(Shards, "state",
            [("owned", facts.ShardsOwned), ("unowned", facts.ShardsTotal - facts.ShardsOwned)]);
        page.Single(FencedWrites, SampleValue.Whole(snapshot.Series.FencedWrites));
        page.Labelled(Takeovers, "reason", snapshot.Series.Takeovers.Select(static count => (count.Name, count.Count)));
        page.Single(AuditDuplicates, SampleValue.Whole(facts.AuditDuplicates));
        page.Single(AuditMissed, SampleValue.Whole(facts.AuditMissed));
        page.Labelled(Dropped, "reason", snapshot.Series.Dropped.Select(static count => (count.Name, count.Count)));
        page.Labelled(BuildInfo, "version", [(facts.Version, 1)]);
    }

    private static void WriteQueues(PageWriter page, IReadOnlyList<QueueFacts> queues)
    {
        page.Labelled(QueueLength, "queue", queues.Select(static queue => (queue.Name, queue.Length)));
        page.Begin(QueueOldest);
        foreach (var queue in queues)
        {
            page.Sample(QueueOldest, LabelText.Of(("queue", queue.Name)), SampleValue.Seconds(queue.Oldest));
        }
    }

    private static void WriteNodes(PageWriter page, IReadOnlyList<NodeFacts> nodes)
    {
        page.Labelled(Nodes, "state", Enum.GetValues<NodeStatus>()
            .Select(status => (Words.Of(status), (long)nodes.Count(node => node.Status == status))));

        // What a departed node said last would look like the present for ever; its series end with it.
        var living = nodes.Where(static node => node.Status != NodeStatus.Dead).ToArray();
        foreach (var (family, value) in OfNode)
        {
            page.Begin(family);
            foreach (var node in living)
            {
                page.Sample(family, LabelText.Of(("node", node.Name)), value(node));
            }
        }
    }
}
