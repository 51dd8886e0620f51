using System.Diagnostics;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <content>
/// Slots of other nodes: for what cannot run here, and for what would have to wait here while another node is idle.
/// Requests wait in one line only, that of the node which owns their job.
/// </content>
public sealed partial class Worker
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BorrowTime = TimeSpan.FromSeconds(2);
    private const int ReportAnyway = 4;

    private readonly PeerSlots _peers = new();
    private readonly List<SlotRequest> _elsewhere = []; // not suitable here
    private readonly HashSet<SlotRequest> _stranded = new(ReferenceEqualityComparer.Instance); // no node was suitable
    private readonly Dictionary<long, Borrowing> _borrowing = [];
    private long _lastBorrowing;
    private int _reported = -1;
    private int _unreported;
    private bool _isLeaving;
    private bool _isRestarting;

    private void ReceiveOfOthers(object message)
    {
        switch (message)
        {
            case BorrowSlot borrow:
                Lend(borrow);
                break;
            case SlotLent lent:
                UseLent(lent);
                break;
            case SlotDenied denied:
                TakeBack(denied);
                break;
            case WorkerReport report:
                _peers.Note(report);
                Borrow();
                break;
            case ReportDue:
                Report();
                break;
            case RestartWorker restart:
                Restart(restart);
                break;
            case RestartOverdue:
                CancelAll(CancelReasons.Restart);
                break;
            default:
                throw new UnreachableException($"A worker does not understand {message.GetType().Name}.");
        }
    }

    private bool IsSuitableHere(SlotRequest request)
    {
        return !_draining && Suitability.IsSuitable(request, _context.Node, _options.Roles, _options.HasClass);
    }

    /// <summary>Asks other workers for what cannot be granted here, as long as one may have a slot.</summary>
    private void Borrow()
    {
        while (_peers.HasFree && TakeForOthers() is { } request)
        {
            var node = _peers.Find(request, _context.Directory.Nodes)!.Value;
            _peers.Take(node);
            var borrowing = new Borrowing(request, node, Context.Time.GetTimestamp());
            _borrowing.Add(++_lastBorrowing, borrowing);
            if (!WorkerOf(node).Tell(new BorrowSlot(_lastBorrowing, request.Job.Id, request.Job.Queue, request.Limit, Context.Self)))
            {
                _borrowing.Remove(_lastBorrowing);
                _peers.Deny(node, request.Job.Queue);
                Enqueue(request);
            }
        }
    }

    private SlotRequest? TakeForOthers()
    {
        var nodes = _context.Directory.Nodes;
        var index = _elsewhere.FindIndex(request => _peers.Find(request, nodes) is not null);
        if (index < 0)
        {
            return _slots.TakeBlocked(request => _peers.Find(request, nodes) is not null);
        }

        var taken = _elsewhere[index];
        _elsewhere.RemoveAt(index);
        return taken;
    }

    private void Lend(BorrowSlot borrow)
    {
        var now = Context.Time.Now();
        var hasRoom = _overdue == 0 || CountCode(borrow.JobId) < borrow.Limit;
        if (_draining || !hasRoom || !_context.Gate.HoldsLease || !_slots.TryTake(borrow.Queue, now))
        {
            borrow.ReplyTo.Tell(new SlotDenied(borrow.Id));
            return;
        }

        var slot = new Slot(++_lastSlot, _context.Node, borrow.Queue, now);
        _reserved.Add(slot.Id, slot);
        if (!borrow.ReplyTo.Tell(new SlotLent(borrow.Id, slot)))
        {
            FreeReservation(slot);
        }
    }

    private void UseLent(SlotLent lent)
    {
        if (!_borrowing.Remove(lent.Id, out var borrowing))
        {
            WorkerOf(lent.Slot.Node).Tell(new ReturnSlot(lent.Slot)); // it came too late; the request waits here again
            return;
        }

        var slot = _stranded.Remove(borrowing.Request) ? lent.Slot with { WaitedFor = WaitCause.NoWorker } : lent.Slot;
        if (!borrowing.Request.ReplyTo.Tell(new SlotGranted(slot, borrowing.Request)))
        {
            WorkerOf(slot.Node).Tell(new ReturnSlot(slot));
        }
    }

    private void TakeBack(SlotDenied denied)
    {
        if (_borrowing.Remove(denied.Id, out var borrowing))
        {
            _peers.Deny(borrowing.Node, borrowing.Request.Job.Queue);
            Enqueue(borrowing.Request);
            Grant();
        }
    }

    /// <summary>Tells the others what is free here, and takes up what they have not answered in time.</summary>
    private void Report()
    {
        var nodes = _context.Directory.Nodes;
        _peers.Keep(_context.Directory.Lives);
        NoteStatus(nodes.GetValueOrDefault(_context.Node)?.Status ?? NodeStatus.Up);
        var now = Context.Time.GetTimestamp();
        foreach (var (id, late) in _borrowing.Where(b => Context.Time.GetElapsedTime(b.Value.Since, now) > BorrowTime || !_context.Directory.Lives(b.Value.Node)).ToArray())
        {
            _borrowing.Remove(id);
            Enqueue(late.Request);
        }

        foreach (var request in _elsewhere.Where(request => !nodes.Values.Any(node => Suitability.IsSuitable(request, node))))
        {
            _stranded.Add(request);
        }

        CancelWithoutLease();
        var free = _draining ? 0 : Math.Max(0, _options.Slots - _slots.Active);
        if (free != _reported || ++_unreported >= ReportAnyway)
        {
            (_reported, _unreported) = (free, 0);
            foreach (var node in _context.Directory.Living.Where(node => node != _context.Node))
            {
                WorkerOf(node).Tell(new WorkerReport(_context.Node, free));
            }
        }

        Grant();
    }

    private void Restart(RestartWorker restart)
    {
        _isRestarting = true;
        _draining = true;
        Context.Timers.StartSingle("restart", new RestartOverdue(), _options.RestartTimeout);
        restart.ReplyTo.Tell(State());
    }

    /// <summary>Cancels what is not to go on while another node may be about to run it again.</summary>
    private void CancelWithoutLease()
    {
        if (!_context.Gate.HoldsLease)
        {
            foreach (var key in _attempts.Where(static a => a.Value is { Result: null, Run.Job.OnLeaseLoss: LeaseLossPolicy.Cancel }).Select(static a => a.Key).ToArray())
            {
                Cancel(key, CancelReasons.LeaseLost);
            }
        }
    }

    /// <summary>A node that is told to drain lends its work to others; one that is told to resume takes it up again.</summary>
    private void NoteStatus(NodeStatus status)
    {
        _isRestarting &= _running > _overdue;
        var isDraining = _isLeaving || _isRestarting || status == NodeStatus.Leaving;
        if (isDraining != _draining)
        {
            _draining = isDraining;
            SlotRequest[] waiting = [.. _elsewhere];
            _elsewhere.Clear();
            Array.ForEach(waiting, Enqueue);
        }
    }

    private IActorRef<object> WorkerOf(Guid node)
    {
        return _context.Remote.Find(node, RemoteNames.Worker);
    }

    private sealed record Borrowing(SlotRequest Request, Guid Node, long Since);

    private sealed record ReportDue;

    private sealed record RestartOverdue;
}
