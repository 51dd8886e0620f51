using System.Globalization;
using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>
/// Renders what one process tells about itself: the page of the scope <c>node</c>. A family whose figure the system does
/// not tell has no sample.
/// </summary>
public static class NodePage
{
    private static readonly MetricFamily Build = MetricFamily.Gauge(
        "carillon_node_build_info", "The name and version of this node; always 1.");

    private static readonly MetricFamily Collections = MetricFamily.Counter(
        "carillon_node_gc_collections_total", "Garbage collections that included the generation.");

    private static readonly (MetricFamily Family, Func<NodeFigures, SampleValue> Value)[] OfProcess =
    [
        (MetricFamily.Gauge("carillon_node_uptime_seconds", "Seconds since this node started."),
            static f => SampleValue.Real(f.UptimeSeconds)),
        (MetricFamily.Counter("carillon_node_cpu_seconds_total", "Processor time of this process, user and system."),
            static f => SampleValue.Real(f.CpuSeconds)),
        (MetricFamily.Gauge("carillon_node_resident_memory_bytes", "Memory of this process that is in RAM."),
            static f => SampleValue.Whole(f.MemoryBytes)),
        (MetricFamily.Gauge("carillon_node_gc_heap_bytes", "Memory that managed objects take."),
            static f => SampleValue.Whole(f.GcHeapBytes)),
        (MetricFamily.Counter(
            "carillon_node_gc_pause_seconds_total", "How long garbage collections have stopped this process."),
            static f => SampleValue.Real(f.GcPauseSeconds)),
        (MetricFamily.Gauge("carillon_node_threads", "Threads of this process."),
            static f => SampleValue.Whole(f.Threads)),
        (MetricFamily.Gauge("carillon_node_thread_pool_threads", "Threads of the pool."),
            static f => SampleValue.Whole(f.ThreadPoolThreads)),
        (MetricFamily.Gauge("carillon_node_thread_pool_queue_length", "Work that waits for a thread of the pool."),
            static f => SampleValue.Whole(f.ThreadPoolQueueLength)),
        (MetricFamily.Gauge(
            "carillon_node_dispatcher_queue_length", "Actors that wait for a thread of their dispatcher."),
            static f => SampleValue.Whole(f.DispatcherQueueLength)),
        (MetricFamily.Gauge("carillon_node_open_handles", "Open files, sockets and the like of this process."),
            static f => SampleValue.Whole(f.OpenHandles)),
        (MetricFamily.Counter(
            "carillon_node_disk_read_bytes_total", "Bytes that this process has had fetched from storage."),
            static f => SampleValue.Whole(f.DiskReadBytes)),
        (MetricFamily.Counter(
            "carillon_node_disk_written_bytes_total", "Bytes that this process has had sent to storage."),
            static f => SampleValue.Whole(f.DiskWrittenBytes)),
        (MetricFamily.Gauge(
            "carillon_node_data_free_bytes", "What may still be written to the file system of the data directory."),
            static f => SampleValue.Whole(f.DataFreeBytes)),
        (MetricFamily.Gauge("carillon_node_data_size_bytes", "The size of the file system of the data directory."),
            static f => SampleValue.Whole(f.DataTotalBytes)),
        (MetricFamily.Counter(
            "carillon_node_network_received_bytes_total", "Bytes that came in over all network interfaces but the loopback."),
            static f => SampleValue.Whole(f.NetworkReceivedBytes)),
        (MetricFamily.Counter(
            "carillon_node_network_sent_bytes_total", "Bytes that went out over all network interfaces but the loopback."),
            static f => SampleValue.Whole(f.NetworkSentBytes)),
    ];

    private static readonly (MetricFamily Family, Func<ExpositionFigures, SampleValue> Value)[] OfExposition =
    [
        (MetricFamily.Counter(
            "carillon_node_exposition_pages_total", "Pages of the whole cluster that this node has made."),
            static f => SampleValue.Whole(f.Pages)),
        (MetricFamily.Counter(
            "carillon_node_exposition_render_seconds_total", "How long the making of all these pages took."),
            static f => SampleValue.Seconds(f.Spent)),
        (MetricFamily.Gauge(
            "carillon_node_exposition_last_render_seconds", "How long the making of the newest of them took."),
            static f => SampleValue.Seconds(f.LastSpent)),
        (MetricFamily.Gauge(
            "carillon_node_exposition_last_page_bytes", "The length of the newest of them before compression."),
            static f => SampleValue.Whole(f.LastBytes)),
        (MetricFamily.Gauge("carillon_node_exposition_last_page_series", "How many series the newest of them has."),
            static f => SampleValue.Whole(f.LastSamples)),
    ];

    private static readonly (MetricFamily Family, Func<LaneFigures, long> Value)[] OfLanes =
    [
        (MetricFamily.Counter("carillon_node_lane_breaks_total", "Connections to other nodes that broke while in use."), static f => f.Breaks),
        (MetricFamily.Counter(
            "carillon_node_lane_lost_messages_total", "Messages to other nodes that were given up because their node was gone."),
            static f => f.LostMessages),
        (MetricFamily.Gauge(
            "carillon_node_lane_waiting_bytes", "Bytes on their way to other nodes that are not acknowledged."),
            static f => f.WaitingBytes),
    ];

    /// <summary>Renders the page.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="version">The product's version.</param>
    /// <param name="figures">What the process uses.</param>
    /// <param name="cost">What pages have cost.</param>
    /// <param name="lanes">What the lanes to other nodes have been through, each purpose once.</param>
    /// <param name="format">In which form.</param>
    /// <returns>The page; the caller disposes it.</returns>
    public static PageBuffer Render(
        string node, string version, NodeFigures figures, ExpositionFigures cost, IReadOnlyList<LaneFigures> lanes, PageFormat format)
    {
        return PageBuffer.Fill(
            format,
            page =>
            {
                page.Begin(Build);
                page.Sample(Build, LabelText.Of(("node", node), ("version", version)), SampleValue.Whole(1));
                WriteEach(page, OfProcess, figures);
                page.Begin(Collections);
                for (var generation = 0; generation < figures.GcCollections.Count; generation++)
                {
                    var labels = LabelText.Of(("generation", generation.ToString(CultureInfo.InvariantCulture)));
                    page.Sample(Collections, labels, SampleValue.Whole(figures.GcCollections[generation]));
                }

                WriteEach(page, OfExposition, cost);
                WriteLanes(page, lanes);
            },
            CancellationToken.None);
    }

    private static void WriteLanes(PageWriter page, IReadOnlyList<LaneFigures> lanes)
    {
        foreach (var (family, value) in OfLanes)
        {
            page.Begin(family);
            foreach (var lane in lanes)
            {
                page.Sample(family, LabelText.Of(("lane", lane.Purpose == LanePurpose.Control ? "control" : "bulk")), SampleValue.Whole(value(lane)));
            }
        }
    }

    private static void WriteEach<T>(
        PageWriter page, (MetricFamily Family, Func<T, SampleValue> Value)[] families, T figures)
    {
        foreach (var (family, value) in families)
        {
            page.Single(family, value(figures));
        }
    }
}
