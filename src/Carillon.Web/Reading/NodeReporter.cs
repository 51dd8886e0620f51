using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>Tells other nodes what this one knows about itself. Understands <see cref="AskNode"/>.</summary>
/// <param name="node">This node.</param>
public sealed class NodeReporter(NodeContext node) : Actor<object>
{
    private readonly NodeMeter _meter = new(node.DataDirectory, node.Clock, node.DispatcherQueue);

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case AskNode ask:
                Context.PipeToSelf(ReadAsync(ask.ReplyTo), static read => read, error => new ReadFailed(error));
                break;
            case NodeRead read:
                read.ReplyTo.Tell(read.Answer);
                break;
        }
    }

    private async Task<NodeRead> ReadAsync(IActorRef<NodeAnswer> replyTo)
    {
        var worker = await node.Worker.AskAsync<object, WorkerState>(static reply => new ReadWorker(reply));
        var shards = await node.Region.AskAsync<object, OwnedShards>(static reply => new ReadOwnedShards(reply));
        var answer = new NodeAnswer
        {
            Node = node.Incarnation,
            Worker = worker,
            Shards = shards.Shards.Count,
            ClockSkew = -node.Clock.Skew,
            LeaseHeadroom = node.Lease.Headroom,
            Process = _meter.Read(),
            JobCommits = node.Pulse.Jobs,
            ExecutionCommits = node.Pulse.Executions,
        };
        return new NodeRead(replyTo, answer);
    }

    private sealed record NodeRead(IActorRef<NodeAnswer> ReplyTo, NodeAnswer Answer);

    /// <summary>Whoever asked gets no answer in time, and makes do without.</summary>
    private sealed record ReadFailed(Exception Cause);
}
