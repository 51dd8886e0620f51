using System.Diagnostics;
using Carillon.Actors;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// The shards of one node: it takes them, opens their three actors, delivers messages to them, and closes them when
/// their term ends. A shard whose actor fails is not restarted in place: its term ends, and a new one begins from
/// what the store says.
/// </summary>
public sealed partial class ShardRegion : Actor<object>
{
    private const int MaxKept = 10_000;

    /// <summary>
    /// Shards are read in bundles, so that the first are at work before the last are read. A bundle is large, because a
    /// store may have to pass by the rows of all shards to find some.
    /// </summary>
    private const int ShardsPerLoad = 128;
    private const int LoadsAtOnce = 2;
    private const int OpenedAtOnce = 8;
    private static readonly object RoundTimer = new();

    /// <summary>A refused append would leave its sender waiting for ever, so the mailbox is larger than all that may wait.</summary>
    private static readonly ActorOptions WriterMailbox = new() { MailboxCapacity = 4_000_000, Throughput = 512 };
    private static readonly ActorOptions StopOnFailure = new() { Supervisor = SupervisorStrategy.Default with { Decide = static _ => Directive.Stop } };

    private readonly Guid _me;
    private readonly Reconciler _reconciler;
    private readonly IShardLog _log;
    private readonly ShardBlueprint _blueprint;
    private readonly ShardRegionOptions _options;

    private readonly Dictionary<int, OwnedShard> _open = [];
    private readonly Queue<ShardDelivery> _kept = new();
    private readonly Queue<ShardTerm> _toLoad = new();
    private readonly Queue<ShardRecovery> _toOpen = new();
    private IActorRef<object> _writer = null!; // made in PreStart
    private bool _isReconciling;
    private int _loadsInFlight;
    private int _opened;
    private int _shardCount;

    /// <summary>Makes the region of one incarnation.</summary>
    public ShardRegion(Guid me, Reconciler reconciler, IShardLog log, ShardBlueprint blueprint, ShardRegionOptions options)
    {
        _me = me;
        _reconciler = reconciler;
        _log = log;
        _blueprint = blueprint;
        _options = options;
    }

    /// <summary>The options under which a region must be spawned: what fails below it ends a term, and is never resumed.</summary>
    public static ActorOptions SpawnOptions => StopOnFailure;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _writer = Context.Spawn("writer", () => new ShardWriter(_me, _log, Context.Self, _options.Writer), WriterMailbox);
        Context.Watch(_writer, new WriterStopped());
        StartRound();
        Context.Timers.StartPeriodic(RoundTimer, new RoundDue(), _options.ReconcileInterval, _options.ReconcileInterval);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case ShardDelivery delivery:
                Deliver(delivery);
                break;
            case ReadOwnedShards read:
                read.ReplyTo.Tell(new OwnedShards([.. _open.Values], _shardCount, IsOpening));
                break;
            case RoundDue:
                OpenSome();
                StartRound();
                break;
            case RoundDone done:
                FinishRound(done.Result);
                break;
            case RoundFailed failed:
                _isReconciling = false;
                LogRoundFailed(Context.Log, failed.Cause);
                break;
            case Loaded loaded:
                _loadsInFlight--;
                TakeUp(loaded.Shards);
                break;
            case LoadFailed failed:
                _loadsInFlight--;
                AbandonLoads(failed.Cause);
                break;
            case TermsEnded ended:
                LogTermsEnded(Context.Log, ended.Terms.Count, ended.Problem);
                Close(ended.Terms);
                StartRound();
                break;
            case ShardActorStopped stopped:
                EndTerm(stopped.Term);
                break;
            case WriterStopped:
                throw new InvalidOperationException("The shard writer failed; every term of this node ends.");
            default:
                throw new UnreachableException($"A shard region does not understand {message.GetType().Name}.");
        }
    }

    /// <summary>Whether shards that this node has taken are still being read or opened.</summary>
    private bool IsOpening => _loadsInFlight > 0 || _toOpen.Count > 0;

    private void Deliver(ShardDelivery delivery)
    {
        if (_open.TryGetValue(delivery.Shard, out var shard))
        {
            (delivery is ToSeries ? shard.Series : shard.Jobs).Tell(delivery.Message);
        }
        else if (delivery is ToSeries)
        {
            return; // it comes again
        }
        else if (_kept.Count < MaxKept)
        {
            _kept.Enqueue(delivery);
        }
        else
        {
            LogDropped(Context.Log, delivery.Shard);
        }
    }

    private void StartRound()
    {
        if (_isReconciling || IsOpening)
        {
            return;
        }

        _isReconciling = true;
        var held = _open.Values.Select(s => s.Term).ToHashSet();
        Context.PipeToSelf(_reconciler.RunAsync(held, CancellationToken.None), static r => new RoundDone(r), static e => new RoundFailed(e));
    }

    private void FinishRound(Reconciled result)
    {
        _isReconciling = false;
        _shardCount = result.Shards.Count;
        Close(result.Lost);
        foreach (var term in result.Taken)
        {
            _toLoad.Enqueue(term);
        }

        LoadNext();
    }

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
                _log.LoadAsync(terms, CancellationToken.None), static r => new Loaded(r), static e => new LoadFailed(e));
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

    private void AbandonLoads(Exception cause)
    {
        LogRoundFailed(Context.Log, cause);
        _toLoad.Clear(); // claimed, but not held: the next round claims them again
        LoadNext();
    }

    private void EndTerm(ShardTerm term)
    {
        if (_open.TryGetValue(term.Shard, out var shard) && shard.Term == term)
        {
            LogTermsEnded(Context.Log, 1, "an actor of the shard failed");
            Close([term]);
        }
    }

    /// <summary>Opens some shards and goes on later, so that whoever asks meanwhile waits for a few and not for all.</summary>
    private void OpenSome()
    {
        for (var i = 0; i < OpenedAtOnce && _toOpen.TryDequeue(out var recovery); i++)
        {
            Open(recovery);
            _opened++;
        }

        for (var kept = _kept.Count; kept > 0; kept--)
        {
            Deliver(_kept.Dequeue());
        }

        if (_toOpen.Count > 0)
        {
            Context.Self.Tell(new RoundDue()); // should it be refused, the timer's comes
        }
        else if (!IsOpening && _opened > 0)
        {
            LogOpened(Context.Log, _opened, _shardCount);
            _opened = 0;
        }
    }

    private void Open(ShardRecovery recovery)
    {
        var term = recovery.Term;
        var (forHistory, forJobs, forSeries) = (new Handover(recovery), new Handover(recovery), new Handover(recovery));
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

    private void Close(IReadOnlyList<ShardTerm> terms)
    {
        foreach (var term in terms)
        {
            if (_open.TryGetValue(term.Shard, out var shard) && shard.Term == term)
            {
                _open.Remove(term.Shard);
                _writer.Tell(new CloseTerm(term));
                Context.Stop(shard.Jobs);
                Context.Stop(shard.History);
                Context.Stop(shard.Series);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Opened {Count} of {ShardCount} shards.")]
    private static partial void LogOpened(ILogger log, int count, int shardCount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} shard terms ended: {Problem}. They are taken and read again.")]
    private static partial void LogTermsEnded(ILogger log, int count, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of taking shards failed; it is tried again.")]
    private static partial void LogRoundFailed(ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message for shard {Shard} was dropped: too many wait for shards to open.")]
    private static partial void LogDropped(ILogger log, int shard);

    /// <summary>Gives what was read of a shard to one actor, once: a factory lives as long as its actor.</summary>
    private sealed class Handover(ShardRecovery recovery)
    {
        private ShardRecovery? _recovery = recovery;

        public ShardRecovery Take()
        {
            return Interlocked.Exchange(ref _recovery, null)
                ?? throw new InvalidOperationException("An actor of a shard is not made twice from the same rows.");
        }
    }

    private sealed record RoundDue;

    private sealed record RoundDone(Reconciled Result);

    private sealed record RoundFailed(Exception Cause);

    private sealed record Loaded(IReadOnlyList<ShardRecovery> Shards);

    private sealed record LoadFailed(Exception Cause);

    private sealed record ShardActorStopped(ShardTerm Term);

    private sealed record WriterStopped;
}
