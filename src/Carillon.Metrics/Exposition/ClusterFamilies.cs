using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>
/// The families that are not about a single job: totals, queues, workers, and the cluster about itself.
/// </summary>
internal static class ClusterFamilies
{
    private static readonly MetricFamily Executions = MetricFamily.Counter(
        "scheduler_executions_total",
        "Executions that succeeded or failed, and retries, of all jobs, also deleted ones.");

    private static readonly MetricFamily Uptime = MetricFamily.Gauge(
        "scheduler_uptime_seconds",
        "Seconds since the statistics began: the first start or the last reset.");

    private static readonly MetricFamily StartLags = MetricFamily.Histogram(
        "scheduler_start_lag_seconds",
        "From due to started, by the job's category and the cause of the longest wait.");

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
        "scheduler_cluster_fenced_writes_total",
        "Writes of ended terms that the store refused.");

    private static readonly MetricFamily Takeovers = MetricFamily.Counter(
        "scheduler_cluster_takeovers_total",
        "Shards that changed their owner, by reason.");

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
    public static void Write(PageWriter page, ClusterSnapshot snapshot)
    {
        var facts = snapshot.Facts;
        page.Single(Uptime, SampleValue.Seconds(facts.Uptime));
        Labelled(page, Executions, "status",
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

        WriteQueues(page, facts.Queues);
        WriteNodes(page, facts.Nodes);
        Labelled(page, Shards, "state",
            [("owned", facts.ShardsOwned), ("unowned", facts.ShardsTotal - facts.ShardsOwned)]);
        page.Single(FencedWrites, SampleValue.Whole(facts.FencedWrites));
        Labelled(page, Takeovers, "reason", facts.Takeovers.Select(static count => (count.Name, count.Count)));
        Labelled(page, Dropped, "reason", snapshot.Series.Dropped.Select(static count => (count.Name, count.Count)));
        Labelled(page, BuildInfo, "version", [(facts.Version, 1)]);
    }

    private static void WriteQueues(PageWriter page, IReadOnlyList<QueueFacts> queues)
    {
        Labelled(page, QueueLength, "queue", queues.Select(static queue => (queue.Name, queue.Length)));
        page.Begin(QueueOldest);
        foreach (var queue in queues)
        {
            page.Sample(QueueOldest, LabelText.Of(("queue", queue.Name)), SampleValue.Seconds(queue.Oldest));
        }
    }

    private static void WriteNodes(PageWriter page, IReadOnlyList<NodeFacts> nodes)
    {
        Labelled(page, Nodes, "state", Enum.GetValues<NodeStatus>()
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

    private static void Labelled(
        PageWriter page, MetricFamily family, string label, IEnumerable<(string Value, long Count)> series)
    {
        page.Begin(family);
        foreach (var (value, count) in series)
        {
            page.Sample(family, LabelText.Of((label, value)), SampleValue.Whole(count));
        }
    }
}
