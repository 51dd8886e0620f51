using System.Text;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

/// <summary>Shard parts and cluster facts to make pages from.</summary>
internal static class Parts
{
    public static ShardHistoryPart Of(Facts facts, int shard = 0, long epoch = 1, long generation = 0)
    {
        var history = new ShardHistory(new ShardRecovery { Term = Facts.Term }, new HistoryOptions(), Facts.Start);
        history.Fold(facts.All, facts.Now);
        return history.Part() with { Generation = generation, Term = new ShardTerm(shard, epoch) };
    }

    public static ClusterFacts Cluster(int shards = 1)
    {
        return new ClusterFacts
        {
            ClusterName = "carillon",
            NodeName = "n1",
            Version = "1.2.3",
            Uptime = TimeSpan.FromSeconds(100),
            ShardsTotal = shards,
            ShardsOwned = shards,
            Nodes = [new NodeFacts { Name = "n1", ActiveSlots = 3, IdleSlots = 29 }],
            Queues = [new QueueFacts("default", 0, TimeSpan.Zero)],
        };
    }

    public static ClusterSnapshot Snapshot(Facts facts)
    {
        return ClusterSnapshot.Merge([Of(facts)], Cluster());
    }

    /// <summary>The page as text. Both forms of it are read strictly, and must tell the same.</summary>
    public static string Render(ClusterSnapshot snapshot, PrometheusPage? page = null)
    {
        page ??= new PrometheusPage();
        var text = Render(page, snapshot, PageFormat.Text);
        var openMetrics = Render(page, snapshot, PageFormat.OpenMetrics);
        Assert.Equal(
            ExpositionPage.ParseText(text).Samples.Select(Line),
            ExpositionPage.ParseOpenMetrics(openMetrics).Samples.Select(Line),
            StringComparer.Ordinal);
        return text;
    }

    public static string Render(PrometheusPage page, ClusterSnapshot snapshot, PageFormat format)
    {
        using var buffer = page.Render(snapshot, format);
        return Encoding.UTF8.GetString([.. buffer.Chunks.SelectMany(static chunk => chunk.ToArray())]);
    }

    public static NodeFacts Node(string name, NodeStatus status = NodeStatus.Up, double age = 0)
    {
        return new NodeFacts { Name = name, Status = status, Age = TimeSpan.FromSeconds(age) };
    }

    private static string Line(ExpositionSample sample)
    {
        return $"{sample.Name}|{sample.LabelText()}|{sample.Text}";
    }
}
