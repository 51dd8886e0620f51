using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>A started node, and what reads it.</summary>
internal sealed class RunningNode
{
    /// <summary>Makes the readers of a node.</summary>
    public RunningNode(NodeContext context)
    {
        Context = context;
        Nodes = new NodesReader(context);
        Reader = new ClusterReader(context, Nodes);
        Periods = new PeriodReader(context, Reader);
        Operations = new OperationReader(context, Reader);
        Health = new HealthCheck(context, Reader, Operations);
        Page = new PrometheusPage(context.Pages);
        Meter = new NodeMeter(context.DataDirectory, context.Clock, context.DispatcherQueue);
    }

    /// <summary>The node.</summary>
    public NodeContext Context { get; }

    /// <summary>Asks the nodes about themselves.</summary>
    public NodesReader Nodes { get; }

    /// <summary>Reads the whole cluster.</summary>
    public ClusterReader Reader { get; }

    /// <summary>Reads the figures of past periods.</summary>
    public PeriodReader Periods { get; }

    /// <summary>Reads recorded operations.</summary>
    public OperationReader Operations { get; }

    /// <summary>Asks whether the node can work.</summary>
    public HealthCheck Health { get; }

    /// <summary>Reads what this process uses.</summary>
    public NodeMeter Meter { get; }

    /// <summary>Writes the Prometheus page; it keeps label text from page to page.</summary>
    public PrometheusPage Page { get; }

    /// <summary>What such pages have cost.</summary>
    public ExpositionCost Cost { get; } = new();
}
