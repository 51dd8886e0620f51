using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <content>Reading the shards that were taken, and opening them.</content>
public sealed partial class ShardRegion
{
    /// <summary>
    /// Shards are read in bundles, so that the first are at work before the last are read. A bundle is large, because a
    /// store may have to pass by the rows of all shards to find some.
    /// </summary>
    private const int ShardsPerLoad = 128;
    private const int LoadsAtOnce = 2;
    private const int OpenedAtOnce = 8;

    private readonly HashSet<ShardTerm> _opening = []; // taken, and not open yet
    private readonly Queue<ShardTerm> _toLoad = new();
    private readonly Queue<ShardRecovery> _toOpen = new();
    private int _loadsInFlight;
    private int _opened;

    /// <summary>Whether shards that this node has taken are still being read or opened.</summary>
    private bool IsOpening => _opening.Count > 0;

    private void LoadNext()
    {
        while (_loadsInFlight < LoadsAtOnce && _toLoad.Count > 0)
        {
            var terms = new List<ShardTerm>(ShardsPerLoad);
            while (terms.Count < ShardsPerLoad && _toLoad.TryDequeue(out var term))
            {
                terms.Add(term);
            }

            _loadsInFlight++;
            Context.PipeToSelf(
                _ports.Log.LoadAsync(terms, CancellationToken.None),
                static r => new Loaded(r),
                e => new LoadFailed(terms, e));
        }
    }

    private void TakeUp(IReadOnlyList<ShardRecovery> shards)
    {
        foreach (var recovery in shards)
        {
            _toOpen.Enqueue(recovery);
        }

        LoadNext();
        OpenSome();
    }

    /// <summary>They are claimed, but not held: the next round claims them again.</summary>
    private void AbandonLoads(LoadFailed failed)
    {
        LogRoundFailed(Context.Log, failed.Cause);
        _opening.ExceptWith(failed.Terms);
        _opening.ExceptWith(_toLoad);
        _toLoad.Clear();
    }

    /// <summary>Opens some shards and goes on later, so that whoever asks meanwhile waits for a few and not for all.</summary>
    private void OpenSome()
    {
        for (var i = 0; i < OpenedAtOnce && _toOpen.TryDequeue(out var recovery); i++)
        {
            if (_opening.Remove(recovery.Term))
            {
                Open(recovery);
                _opened++;
            }
        }

        DeliverKept();
        if (_toOpen.Count > 0)
        {
            Context.Self.Tell(new OpenNext()); // should it be refused, the next round's comes
        }
        else if (!IsOpening && _opened > 0)
        {
            LogOpened(Context.Log, _opened, _rows.Count);
            _opened = 0;
        }
    }

    private void Open(ShardRecovery recovery)
    {
        var term = recovery.Term;
        var (forHistory, forJobs, forSeries) = (new Handed(recovery), new Handed(recovery), new Handed(recovery));
        var history = Context.Spawn(
            $"{term.Shard}-{term.Epoch}-history", () => _blueprint.History(forHistory.Take(), _writer));
        _writer.Tell(new OpenTerm(term, recovery.LastNo, history));
        var jobs = Context.Spawn(
            $"{term.Shard}-{term.Epoch}-jobs",
            () => _blueprint.Jobs(forJobs.Take(), _writer, history),
            _blueprint.JobsOptions);
        var series = Context.Spawn(
            $"{term.Shard}-{term.Epoch}-series", () => _blueprint.Series(forSeries.Take(), _writer));
        Context.Watch(history, new ShardActorStopped(term));
        Context.Watch(jobs, new ShardActorStopped(term));
        Context.Watch(series, new ShardActorStopped(term));
        _open.Add(term.Shard, new OwnedShard(term, history, jobs, series));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Opened {Count} of {ShardCount} shards.")]
    private static partial void LogOpened(ILogger log, int count, int shardCount);

    /// <summary>Gives what was read of a shard to one actor, once: a factory lives as long as its actor.</summary>
    private sealed class Handed(ShardRecovery recovery)
    {
        private ShardRecovery? _recovery = recovery;

        public ShardRecovery Take()
        {
            return Interlocked.Exchange(ref _recovery, null)
                ?? throw new InvalidOperationException("An actor of a shard is not made twice from the same rows.");
        }
    }

    private sealed record OpenNext;

    private sealed record Loaded(IReadOnlyList<ShardRecovery> Shards);

    private sealed record LoadFailed(IReadOnlyList<ShardTerm> Terms, Exception Cause);
}
