using System.Text;
using Carillon.Cluster;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

public sealed class NodeMeterTests
{
    [Fact]
    public void Figures_of_this_process_are_plausible()
    {
        var figures = new NodeMeter(Path.GetTempPath(), TimeProvider.System, static () => 7).Read();

        Assert.Equal(7, figures.DispatcherQueueLength);
        Assert.True(figures.CpuSeconds > 0);
        Assert.True(figures.GcHeapBytes > 0 && figures.MemoryBytes > figures.GcHeapBytes / 10);
        Assert.Equal(3, figures.GcCollections.Count);
        Assert.InRange(figures.DataFreeBytes!.Value, 0, figures.DataTotalBytes!.Value);
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(figures.Threads!.Value, 2, 10_000);
            Assert.InRange(figures.OpenHandles!.Value, 3, 100_000);
        }
    }

    [Fact]
    public void What_the_system_does_not_tell_has_a_family_and_no_sample()
    {
        var figures = new NodeMeter("/no/such/place", TimeProvider.System, static () => 0).Read();
        var page = Render(figures with { Threads = null, NetworkSentBytes = null });

        Assert.Null(figures.DataFreeBytes);
        Assert.Empty(page.Families["carillon_node_data_free_bytes"].Samples);
        Assert.Empty(page.Families["carillon_node_threads"].Samples);
        Assert.Empty(page.Families["carillon_node_network_sent_bytes_total"].Samples);
        Assert.Single(page.Families["carillon_node_cpu_seconds_total"].Samples);
    }

    private static ExpositionPage Render(NodeFigures figures)
    {
        using var buffer = NodePage.Render("n", "1", figures, new ExpositionCost().Figures, [new LaneFigures(LanePurpose.Control, 1, 2, 3), new LaneFigures(LanePurpose.Bulk, 4, 5, 6)], PageFormat.Text);
        return ExpositionPage.ParseText(Encoding.UTF8.GetString([.. buffer.Chunks.SelectMany(static c => c.ToArray())]));
    }
}
