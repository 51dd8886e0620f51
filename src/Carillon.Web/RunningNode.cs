using System.Diagnostics.CodeAnalysis;
using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>A started node, and what reads it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds no resource, and requests may still look at it.")]
internal sealed class RunningNode
{
    private readonly CancellationTokenSource _ended = new();

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

    /// <summary>Cancelled when the node is there no more. Its clock and its actors stand still then: who waits for them waits for ever.</summary>
    public CancellationToken Ended => _ended.Token;

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

    /// <summary>Ends what waits for the node.</summary>
    public void End()
    {
        _ended.Cancel();
    }
}
