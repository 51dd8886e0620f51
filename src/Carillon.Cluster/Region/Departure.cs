using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>
/// The way of a node's shards to other nodes when it leaves: their jobs go on, and what code of them runs here is
/// recorded by the next owners.
/// </summary>
/// <param name="me">The incarnation that leaves.</param>
/// <param name="region">Its shards.</param>
/// <param name="store">Where its status is.</param>
/// <param name="nodes">The nodes as last read.</param>
/// <param name="time">The clock between two looks.</param>
public sealed class Departure(Guid me, IActorRef<object> region, IClusterStore store, NodeDirectory nodes, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Has every shard handed over, and returns when none is left. A node that is the only one keeps them: it returns at
    /// once.
    /// </summary>
    public async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (!HasOthers() || !await store.SetStatusAsync(me, NodeStatus.Leaving, cancellationToken))
        {
            return;
        }

        region.Tell(new LookAtShards());
        while (HasOthers() && await HasShardsAsync(cancellationToken))
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    private bool HasOthers()
    {
        return nodes.Nodes.Values.Any(node => node.Status == NodeStatus.Up && node.Incarnation != me);
    }

    private async Task<bool> HasShardsAsync(CancellationToken cancellationToken)
    {
        var owned = await region.AskAsync<object, OwnedShards>(
            static replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        return owned.Shards.Count > 0 || owned.IsOpening;
    }
}
