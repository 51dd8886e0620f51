using System.Globalization;
using System.Text;

namespace Carillon.Web;

/// <summary>The metrics of this process alone, in the Prometheus text format 0.0.4.</summary>
internal static class NodePage
{
    /// <summary>Renders the page.</summary>
    public static byte[] Render(NodeContext node)
    {
        var usage = ProcessUsage.Now();
        var page = new StringBuilder();
        var build = $"{{node=\"{Escaped(node.NodeName)}\",version=\"{Escaped(node.Version)}\"}}";
        Add(page, "build_info", "gauge", "The version of this node; always 1.", 1, build);
        Add(page, "cpu_seconds_total", "counter", "Processor time that this process has used.", usage.CpuSeconds);
        Add(page, "resident_memory_bytes", "gauge", "Memory of this process that is in RAM.", usage.MemoryBytes);
        Add(page, "gc_heap_bytes", "gauge", "Memory that managed objects take.", usage.GcHeapBytes);
        Add(page, "thread_pool_threads", "gauge", "Threads of the pool.", usage.ThreadPoolThreads);
        Add(page, "thread_pool_queue_length", "gauge", "Work that waits for them.", usage.ThreadPoolQueueLength);
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void Add(StringBuilder page, string name, string type, string help, double value, string labels = "")
    {
        page.Append(CultureInfo.InvariantCulture, $"# HELP carillon_node_{name} {help}\n");
        page.Append(CultureInfo.InvariantCulture, $"# TYPE carillon_node_{name} {type}\n");
        page.Append(CultureInfo.InvariantCulture, $"carillon_node_{name}{labels} {value}\n");
    }

    private static string Escaped(string label)
    {
        return label
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
    }
}
