using System.Diagnostics;
using Carillon.Actors;
using Carillon.Model;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// The shards of one node: it takes them, opens their three actors, delivers messages to them or to their owners on
/// other nodes, hands them over, and closes them when their term ends. A shard whose actor fails is not restarted in
/// place: its term ends, and a new one begins from what the store says.
/// </summary>
public sealed partial class ShardRegion : Actor<object>
{
    private static readonly object RoundTimer = new();
    private static readonly object SoonTimer = new();
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(250);

    /// <summary>A refused append would leave its sender waiting for ever, so the mailbox is larger than all that may wait.</summary>
    private static readonly ActorOptions WriterMailbox = new() { MailboxCapacity = 4_000_000, Throughput = 512 };
    private static readonly ActorOptions StopOnFailure = new() { Supervisor = SupervisorStrategy.Default with { Decide = static _ => Directive.Stop } };

    private readonly Guid _me;
    private readonly Reconciler _reconciler;
    private readonly ShardRegionPorts _ports;
    private readonly ShardBlueprint _blueprint;
    private readonly ShardRegionOptions _options;
    private readonly Dictionary<int, OwnedShard> _open = [];
    private IActorRef<object> _writer = null!; // made in PreStart
    private IReadOnlyList<ShardRow> _rows = [];
    private bool _isReconciling;
    private bool _roundIsWanted;

    /// <summary>Makes the region of one incarnation.</summary>
    public ShardRegion(Guid me, Reconciler reconciler, ShardRegionPorts ports, ShardBlueprint blueprint, ShardRegionOptions options)
    {
        _me = me;
        _reconciler = reconciler;
        _ports = ports;
        _blueprint = blueprint;
        _options = options;
    }

    /// <summary>The options under which a region must be spawned: what fails below it ends a term, and is never resumed.</summary>
    public static ActorOptions SpawnOptions => StopOnFailure;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _writer = Context.Spawn("writer", () => new ShardWriter(_me, _ports.Log, Context.Self, _options.Writer), WriterMailbox);
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
            case NotTold back:
                Deliver(back.Delivery);
                break;
            case Returned returned:
                TakeBack(returned.Delivery);
                break;
            case ReadOwnedShards read:
                read.ReplyTo.Tell(new OwnedShards([.. _open.Values], _rows.Count, IsOpening) { Rows = _rows });
                break;
            case OpenNext:
                OpenSome();
                break;
            case RoundDue or LookAtShards:
                StartRound();
                break;
            case RoundDone done:
                FinishRound(done.Result);
                break;
            case RoundFailed failed:
                EndRound();
                LogRoundFailed(Context.Log, failed.Cause);
                break;
            default:
                ReceiveOfShards(message);
                break;
        }
    }

    private void ReceiveOfShards(object message)
    {
        switch (message)
        {
            case Loaded loaded:
                _loadsInFlight--;
                TakeUp(loaded.Shards);
                break;
            case LoadFailed failed:
                _loadsInFlight--;
                AbandonLoads(failed);
                break;
            case HandoverPrepared prepared:
                Continue(prepared.Term);
                break;
            case HandoverOverdue overdue:
                GiveUpWaiting(overdue.Term);
                break;
            case ReleaseDone done:
                FinishRelease(done.Handovers);
                break;
            case ReleaseFailed failed:
                FailRelease(failed.Handovers, failed.Cause);
                break;
            case TermsEnded ended:
                LogTermsEnded(Context.Log, ended.Terms.Count, ended.Problem);
                _options.Counts.Refused(ended.FencedWrites);
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

    private void StartRound()
    {
        if (_isReconciling)
        {
            _roundIsWanted = true;
            return;
        }

        _isReconciling = true;
        var held = _open.Values.Select(static s => s.Term).Concat(_opening).Concat(_handovers.Values.Select(static h => h.Shard.Term)).ToHashSet();
        Context.PipeToSelf(_reconciler.RunAsync(held, CancellationToken.None), static r => new RoundDone(r), static e => new RoundFailed(e));
    }

    private void FinishRound(Reconciled result)
    {
        _rows = result.Shards;
        Close(result.Lost);
        foreach (var reason in result.Takeovers)
        {
            _options.Counts.Took(reason);
        }

        foreach (var term in result.Taken)
        {
            _opening.Add(term);
            _toLoad.Enqueue(term);
        }

        LoadNext();
        foreach (var handover in result.HandOver)
        {
            Begin(handover);
        }

        DeliverKept();
        if (result.LooksAgainSoon)
        {
            Context.Timers.StartSingle(SoonTimer, new RoundDue(), Soon);
        }

        EndRound();
    }

    private void EndRound()
    {
        _isReconciling = false;
        if (_roundIsWanted)
        {
            _roundIsWanted = false;
            StartRound();
        }
    }

    private void EndTerm(ShardTerm term)
    {
        if (IsOpen(term))
        {
            LogTermsEnded(Context.Log, 1, "an actor of the shard failed");
            Close([term]);
        }
    }

    /// <summary>Whether the actors of a term are at work here; they rest from the moment its row is about to be released.</summary>
    private bool IsOpen(ShardTerm term)
    {
        return _open.TryGetValue(term.Shard, out var open) && open.Term == term;
    }

    private void Close(IReadOnlyList<ShardTerm> terms)
    {
        foreach (var term in terms)
        {
            _opening.Remove(term);
            if (_handovers.TryGetValue(term.Shard, out var leaving) && leaving.Shard.Term == term)
            {
                _handovers.Remove(term.Shard);
                _open.Remove(term.Shard);
                Stop(leaving.Shard);
            }
            else if (_open.TryGetValue(term.Shard, out var shard) && shard.Term == term)
            {
                _open.Remove(term.Shard);
                Stop(shard);
            }
        }
    }

    private void Stop(OwnedShard shard)
    {
        _writer.Tell(new CloseTerm(shard.Term));
        Context.Stop(shard.Jobs);
        Context.Stop(shard.History);
        Context.Stop(shard.Series);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} shard terms ended: {Problem}. They are taken and read again.")]
    private static partial void LogTermsEnded(ILogger log, int count, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of taking shards failed; it is tried again.")]
    private static partial void LogRoundFailed(ILogger log, Exception cause);

    private sealed record RoundDue;

    private sealed record RoundDone(Reconciled Result);

    private sealed record RoundFailed(Exception Cause);

    private sealed record ShardActorStopped(ShardTerm Term);

    private sealed record WriterStopped;
}
