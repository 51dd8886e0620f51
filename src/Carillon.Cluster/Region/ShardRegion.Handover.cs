using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <content>
/// Handing shards over: the aggregator saves, so that there is little to replay; then the shard takes no more messages,
/// its scheduler comes to rest, and the row is released to the successor, who is told. What code of the shard runs goes
/// on, and its end goes to the next owner.
/// </content>
public sealed partial class ShardRegion
{
    /// <summary>An actor that does not come to rest holds up nobody for longer: the epoch fences what it still sends.</summary>
    private static readonly TimeSpan StageTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, Leaving> _handovers = [];
    private readonly List<Handover> _toRelease = [];
    private bool _isReleasing;

    /// <summary>Whether a shard takes no more messages here.</summary>
    private bool IsClosing(int shard)
    {
        return _handovers.TryGetValue(shard, out var leaving) && leaving.IsClosing;
    }

    private void Begin(Handover handover)
    {
        var term = handover.Term;
        if (_open.TryGetValue(term.Shard, out var shard) && shard.Term == term && !_handovers.ContainsKey(term.Shard))
        {
            _handovers.Add(term.Shard, new Leaving(shard, handover));
            shard.History.Tell(new PrepareHandover(Context.Self));
            AwaitStage(term);
        }
    }

    private void Continue(ShardTerm term)
    {
        if (!_handovers.TryGetValue(term.Shard, out var leaving) || leaving.Shard.Term != term)
        {
            return;
        }

        if (leaving.IsClosing)
        {
            Release(leaving);
        }
        else
        {
            _handovers[term.Shard] = leaving with { IsClosing = true };
            leaving.Shard.Jobs.Tell(new PrepareHandover(Context.Self));
            AwaitStage(term);
        }
    }

    private void AwaitStage(ShardTerm term)
    {
        Context.Timers.StartSingle(("handover", term), new HandoverOverdue(term), StageTime);
    }

    private void GiveUpWaiting(ShardTerm term)
    {
        if (IsOpen(term))
        {
            LogSlowHandover(Context.Log, term.Shard);
            Continue(term);
        }
    }

    private void Release(Leaving leaving)
    {
        var term = leaving.Shard.Term;
        Context.Timers.Cancel(("handover", term));
        _open.Remove(term.Shard);
        Stop(leaving.Shard);
        _toRelease.Add(leaving.Handover);
        ReleaseNext();
    }

    private void ReleaseNext()
    {
        if (_isReleasing || _toRelease.Count == 0)
        {
            return;
        }

        _isReleasing = true;
        Handover[] handovers = [.. _toRelease];
        _toRelease.Clear();
        Context.PipeToSelf(
            ReleaseAsync(handovers), static released => new ReleaseDone(released), e => new ReleaseFailed(handovers, e));
    }

    private async Task<IReadOnlyList<Handover>> ReleaseAsync(IReadOnlyList<Handover> handovers)
    {
        await _ports.Store.ReleaseAsync(_me, handovers, CancellationToken.None);
        return handovers;
    }

    private void FinishRelease(IReadOnlyList<Handover> handovers)
    {
        _isReleasing = false;
        foreach (var handover in handovers)
        {
            _handovers.Remove(handover.Term.Shard);
        }

        foreach (var successor in handovers.Select(static h => h.Successor).OfType<Guid>().Distinct())
        {
            _ports.Remote.Find(successor, RemoteNames.Region).Tell(new LookAtShards());
        }

        LogHandedOver(Context.Log, handovers.Count);
        ReleaseNext();
        StartRound(); // it knows the new owners, and gives away the next
    }

    /// <summary>Whether they were released is not known; the next round reads the rows, and takes back what is left.</summary>
    private void FailRelease(IReadOnlyList<Handover> handovers, Exception cause)
    {
        _isReleasing = false;
        LogReleaseFailed(Context.Log, cause, handovers.Count);
        foreach (var handover in handovers)
        {
            _handovers.Remove(handover.Term.Shard);
        }

        ReleaseNext();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Handed over {Count} shards.")]
    private static partial void LogHandedOver(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} shards could not be handed over; this node goes on with them, or whoever has taken them.")]
    private static partial void LogReleaseFailed(ILogger log, Exception cause, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} does not come to rest; it is handed over all the same.")]
    private static partial void LogSlowHandover(ILogger log, int shard);

    /// <summary>A shard on its way to another owner.</summary>
    /// <param name="Shard">Its actors here.</param>
    /// <param name="Handover">Who is to have it.</param>
    /// <param name="IsClosing">Whether it takes no more messages.</param>
    private sealed record Leaving(OwnedShard Shard, Handover Handover, bool IsClosing = false);

    private sealed record HandoverOverdue(ShardTerm Term);

    private sealed record ReleaseDone(IReadOnlyList<Handover> Handovers);

    private sealed record ReleaseFailed(IReadOnlyList<Handover> Handovers, Exception Cause);
}
