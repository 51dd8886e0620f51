using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>Puts together what a page tells about the cluster itself.</summary>
internal sealed class ClusterFactsReader(NodeContext node)
{
    /// <summary>The facts of now.</summary>
    /// <param name="generation">The generation of the statistics.</param>
    /// <param name="nodes">What the nodes say of themselves.</param>
    /// <param name="audit">How the audits stand.</param>
    /// <param name="unowned">Shards for which no owner answered.</param>
    public ClusterFacts Read(StatisticsGeneration generation, NodeAnswers nodes, AuditState audit, int unowned)
    {
        var now = node.Clock.Now();
        var uptime = now - generation.StartedAt;
        return new ClusterFacts
        {
            ClusterName = node.Cluster.Name,
            NodeName = node.NodeName,
            Version = node.Version,
            AuditDuplicates = audit.Duplicates,
            AuditMissed = audit.Missed,
            Generation = generation.Number,
            Uptime = uptime > TimeSpan.Zero ? uptime : TimeSpan.Zero,
            ShardsTotal = node.Cluster.ShardCount,
            ShardsOwned = node.Cluster.ShardCount - unowned,
            Nodes = [.. node.Directory.Nodes.Values.Select(row => Facts(row, nodes.Nodes.GetValueOrDefault(row.Incarnation), now))],
            Queues = [.. nodes.Queues.Select(queue => Facts(queue, now))],
        };
    }

    private static QueueFacts Facts(QueueState queue, DateTimeOffset now)
    {
        return new QueueFacts(queue.Name, queue.Length, Ages.Of(queue.OldestDueAt, now));
    }

    private NodeFacts Facts(NodeRow row, NodeAnswer? answer, DateTimeOffset now)
    {
        if (answer is null)
        {
            return new NodeFacts { Name = row.Name, Status = row.Status, Age = Ages.OfHeartbeat(row, node.Lease, now) };
        }

        return new NodeFacts
        {
            Name = row.Name,
            Status = row.Status,
            ActiveSlots = answer.Worker.Active,
            IdleSlots = Math.Max(0, answer.Worker.Slots - answer.Worker.Active),
            ClockSkew = answer.ClockSkew,
            LeaseHeadroom = answer.LeaseHeadroom,
        };
    }
}
