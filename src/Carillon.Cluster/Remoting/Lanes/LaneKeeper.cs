using System.Diagnostics;
using Carillon.Actors;

namespace Carillon.Cluster;

/// <summary>Looks after the lanes of a node: makes the actors of those that begin, and ends those whose peer is gone.</summary>
internal sealed class LaneKeeper : Actor<object>
{
    /// <summary>Told when a lane is used for the first time.</summary>
    internal static readonly object LaneMade = new();

    /// <summary>A peer that has connected, and that no reading of the directory has named yet, is remembered for so long.</summary>
    private static readonly TimeSpan UnknownTime = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly object TickTimer = new();
    private static readonly object TurnTimer = new();

    private readonly RemoteActors _actors;
    private readonly ILaneNetwork _network;
    private readonly Dictionary<Lane, IActorRef<object>> _senders = [];
    private readonly Dictionary<InboundLane, IActorRef<object>> _receivers = [];

    private long _lastReceiver;

    public LaneKeeper(RemoteActors actors, ILaneNetwork network)
    {
        _actors = actors;
        _network = network;
    }

    protected override void PreStart()
    {
        OpenNew();
        Context.Timers.StartPeriodic(TickTimer, new TickDue(), Interval, Interval);
        Context.Timers.StartPeriodic(TurnTimer, new TurnDue(), _actors.Options.ExportTime, _actors.Options.ExportTime);
    }

    protected override void PostStop()
    {
        foreach (var lane in _actors.Lanes)
        {
            _actors.End(lane);
        }
    }

    protected override void PreRestart(Exception cause)
    {
        // The lanes go on.
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case var made when ReferenceEquals(made, LaneMade):
                OpenNew();
                break;
            case LaneArrived arrived:
                ReceiverOf(arrived.Hello).Tell(arrived);
                break;
            case SenderStopped stopped:
                _actors.End(stopped.Lane);
                break;
            case TickDue:
                EndSenders();
                EndReceivers();
                break;
            case TurnDue:
                _actors.Exports.Turn();
                break;
            default:
                throw new UnreachableException($"The keeper of lanes does not understand {message.GetType().Name}.");
        }
    }

    private void OpenNew()
    {
        foreach (var lane in _actors.Lanes.Where(lane => !_senders.ContainsKey(lane) && !lane.Outbox.IsClosed))
        {
            var sender = Context.Spawn($"to-{lane.Peer:N}-{lane.Number}", () => new LaneSender(lane, _actors, _network));
            Context.Watch(sender, new SenderStopped(lane));
            _senders.Add(lane, sender);
        }
    }

    private IActorRef<object> ReceiverOf(LaneHello hello)
    {
        var lane = _actors.InboundOf(hello.From, hello.Purpose);
        lane.ArrivedAt = Context.Time.GetTimestamp();
        if (!_receivers.TryGetValue(lane, out var receiver))
        {
            receiver = Context.Spawn($"from-{lane.Peer:N}-{++_lastReceiver}", () => new LaneReceiver(lane, _actors));
            _receivers.Add(lane, receiver);
        }

        return receiver;
    }

    private void EndSenders()
    {
        foreach (var (lane, sender) in _senders)
        {
            var isKnown = _actors.Directory.Nodes.TryGetValue(lane.Peer, out var node);
            if (isKnown ? node!.Status == NodeStatus.Dead : lane.WasKnown || !_actors.HasHeard(lane.Peer))
            {
                _senders.Remove(lane);
                _actors.Forget(lane);
                sender.Tell(LaneSender.Leave);
            }

            lane.WasKnown |= isKnown;
        }
    }

    private void EndReceivers()
    {
        foreach (var (lane, receiver) in _receivers)
        {
            var isKnown = _actors.Directory.Nodes.TryGetValue(lane.Peer, out var node);
            if (isKnown ? node!.Status == NodeStatus.Dead : lane.WasKnown || Context.Time.GetElapsedTime(lane.ArrivedAt) > UnknownTime)
            {
                _receivers.Remove(lane);
                receiver.Tell(LaneReceiver.Leave);
                _actors.Forget(lane);
            }

            lane.WasKnown |= isKnown;
        }
    }

    private sealed record SenderStopped(Lane Lane);

    private sealed record TickDue;

    private sealed record TurnDue;
}
