using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <content>
/// The way of a message to the actor of its shard. A node knows the owners from its last round; one that has moved on
/// gives the message back, and it waits for the next round. Nothing is handed on twice.
/// </content>
public sealed partial class ShardRegion
{
    private const int MaxKept = 10_000;

    /// <summary>Whoever asked has given up by then.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly Queue<(ShardDelivery Delivery, long Since)> _kept = new();

    private void Deliver(ShardDelivery delivery)
    {
        if (!TryDeliver(delivery))
        {
            Keep(delivery, Context.Time.GetTimestamp());
        }
    }

    /// <summary>Hands a message to the shard's actor here or to its owner elsewhere; false when it has to wait.</summary>
    private bool TryDeliver(ShardDelivery delivery)
    {
        if (_open.TryGetValue(delivery.Shard, out var shard) && !IsClosing(delivery.Shard))
        {
            if (delivery is ToHistory)
            {
                _writer.Tell(new TellBehind(shard.Term, shard.History, delivery));
            }
            else
            {
                (delivery is ToSeries ? shard.Series : shard.Jobs).Tell(delivery.Message);
            }

            return true;
        }

        if (OwnerElsewhere(delivery.Shard) is not { } owner)
        {
            return false;
        }

        if (delivery.From is null)
        {
            return _ports.Remote.Find(owner, RemoteNames.Region).Tell(delivery with { From = Context.Self });
        }

        delivery.From.Tell(new Returned(delivery));
        return true;
    }

    /// <summary>The owner by the last round; null when that is this node, or nobody.</summary>
    private Guid? OwnerElsewhere(int shard)
    {
        var row = shard >= 0 && shard < _rows.Count ? _rows[shard] : null;
        return row?.Owner is { } owner && owner != _me && !_opening.Any(term => term.Shard == shard) ? owner : null;
    }

    private void TakeBack(ShardDelivery delivery)
    {
        Keep(delivery with { From = null }, Context.Time.GetTimestamp());
        StartRound();
    }

    private void Keep(ShardDelivery delivery, long since)
    {
        if (_kept.Count < MaxKept)
        {
            _kept.Enqueue((delivery, since));
        }
        else
        {
            LogDropped(Context.Log, delivery.Shard);
        }
    }

    private void DeliverKept()
    {
        for (var kept = _kept.Count; kept > 0; kept--)
        {
            var (delivery, since) = _kept.Dequeue();
            if (Context.Time.GetElapsedTime(since) < KeptFor && !TryDeliver(delivery))
            {
                Keep(delivery, since);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message for shard {Shard} was dropped: too many wait for shards to open.")]
    private static partial void LogDropped(ILogger log, int shard);
}
