using System.Text;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

/// <summary>docs/metrics.md lists every family that a page has, and no other.</summary>
public sealed class MetricsPageDocumentTests
{
    [Theory]
    [InlineData("cluster", "scheduler_")]
    [InlineData("chronflow", "chronflow_")]
    [InlineData("celery", "celery_")]
    public void Families_of_the_cluster_are_documented(string part, string prefix)
    {
        Compare(part, ClusterPage(PageFormat.Text), ClusterPage(PageFormat.OpenMetrics), prefix);
    }

    [Fact]
    public void Families_of_one_process_are_documented()
    {
        Compare("node", ProcessPage(PageFormat.Text), ProcessPage(PageFormat.OpenMetrics), "carillon_node_");
    }

    private static void Compare(string name, ExpositionPage text, ExpositionPage openMetrics, string prefix)
    {
        var families = text.Families.Values.Where(family => family.Name.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(families);
        Assert.All(families, static family => Assert.NotEmpty(family.Samples));
        var table = new StringBuilder("| family | type | unit | labels | meaning |\n|---|---|---|---|---|\n");
        foreach (var family in families)
        {
            var labels = family.Samples.SelectMany(static s => s.Labels.Keys).Where(static l => l is not "le").Distinct();
            table.Append($"| `{family.Name}` | {family.Type} | {Unit(family.Name, openMetrics)} | ");
            table.Append($"{string.Join(", ", labels)} | {family.Help} |\n");
        }

        var part = new GeneratedPart("docs/metrics.md", name);
        part.RewriteIfAsked(table.ToString());
        Assert.Equal(part.Text, table.ToString());
    }

    private static string Unit(string family, ExpositionPage openMetrics)
    {
        var name = family.EndsWith("_total", StringComparison.Ordinal) && !openMetrics.Families.ContainsKey(family)
            ? family[..^"_total".Length]
            : family;
        return openMetrics.Families[name].Unit
            ?? (family.EndsWith("_ms", StringComparison.Ordinal) ? "milliseconds" : null)
            ?? (family.EndsWith("_timestamp", StringComparison.Ordinal) ? "seconds" : string.Empty);
    }

    private static ExpositionPage ClusterPage(PageFormat format)
    {
        var facts = new Facts();
        facts.Save("a");
        facts.Run("a", 0, Outcome.Succeeded, 1_000);
        var history = new ShardHistory(new ShardRecovery { Term = new ShardTerm(0, 1) }, new HistoryOptions(), Facts.Start);
        history.Fold(facts.All, facts.Now);
        history.SetNextRun("a", Facts.At(60));
        var cluster = Parts.Cluster() with
        {
            Nodes = [new NodeFacts { Name = "n1", ClockSkew = TimeSpan.Zero, LeaseHeadroom = TimeSpan.FromSeconds(5) }],
        };
        var operation = new OperationSeries(
            "plan", LabelSet.Empty, 1, [new NamedCount("TimeoutException", 1)], 0, HistogramValues.Empty);
        var series = ClusterSeries.Merge([new ShardSeriesPart { Term = new ShardTerm(0, 1), Operations = [operation] }]);
        var page = new PrometheusPage(new PageOptions { LegacyNames = [LegacyNames.Chronflow, LegacyNames.Celery] });
        var text = Parts.Render(page, ClusterSnapshot.Merge([history.Part()], cluster, series), format);
        return format == PageFormat.Text ? ExpositionPage.ParseText(text) : ExpositionPage.ParseOpenMetrics(text);
    }

    private static ExpositionPage ProcessPage(PageFormat format)
    {
        var figures = new NodeFigures
        {
            UptimeSeconds = 1,
            CpuSeconds = 1,
            MemoryBytes = 1,
            GcHeapBytes = 1,
            GcCollections = [3, 2, 1],
            GcPauseSeconds = 0.5,
            ThreadPoolThreads = 1,
            ThreadPoolQueueLength = 0,
            DispatcherQueueLength = 0,
            Threads = 9,
            OpenHandles = 9,
            DiskReadBytes = 0,
            DiskWrittenBytes = 0,
            DataFreeBytes = 0,
            DataTotalBytes = 0,
            NetworkReceivedBytes = 0,
            NetworkSentBytes = 0,
        };
        using var buffer = NodePage.Render("n", "1", figures, new ExpositionCost().Figures, [new LaneFigures(LanePurpose.Control, 1, 2, 3), new LaneFigures(LanePurpose.Bulk, 4, 5, 6)], format);
        var text = Encoding.UTF8.GetString([.. buffer.Chunks.SelectMany(static chunk => chunk.ToArray())]);
        return format == PageFormat.Text ? ExpositionPage.ParseText(text) : ExpositionPage.ParseOpenMetrics(text);
    }
}
