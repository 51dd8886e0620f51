using System.Diagnostics;
using Carillon.Actors;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// Takes what comes on one lane, over one connection after the other: each message once and in order. Whatever a peer
/// sends, it fails nothing but its own connection.
/// </summary>
internal sealed partial class LaneReceiver : Actor<object>
{
    /// <summary>Told when the lane has ended.</summary>
    internal static readonly object Leave = new();

    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(1);
    private static readonly object LeaveTimer = new();

    private readonly InboundLane _lane;
    private readonly RemoteActors _actors;

    private int _attempt;
    private LaneArrived? _open;
    private bool _isSending;
    private long _acknowledged;

    public LaneReceiver(InboundLane lane, RemoteActors actors)
    {
        _lane = lane;
        _actors = actors;
    }

    protected override void PostStop()
    {
        Disconnect();
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case LaneArrived arrived:
                TakeUp(arrived);
                break;
            case Heard heard when heard.Attempt == _attempt:
                Hear(heard.Frame.Span);
                break;
            case Sent sent when sent.Attempt == _attempt:
                _isSending = false;
                Acknowledge();
                break;
            case Failed failed when failed.Attempt == _attempt:
                Break(failed.Cause.Message);
                break;
            case var leave when ReferenceEquals(leave, Leave):
                Disconnect();
                Context.Timers.StartSingle(LeaveTimer, new LeaveDue(), LeaveTime); // when what it waits for has ended
                break;
            case LeaveDue:
                Context.StopSelf();
                break;
            case Heard or Sent or Failed:
                break; // of a connection that another one has replaced
            default:
                throw new UnreachableException($"A lane does not understand {message.GetType().Name}.");
        }
    }

    private void TakeUp(LaneArrived arrived)
    {
        if (arrived.Hello.Lane < _lane.Number)
        {
            arrived.Connection.Dispose(); // of a lane that another one has replaced
            arrived.Done.TrySetResult();
            return;
        }

        Disconnect();
        _open = arrived;
        if (arrived.Hello.Lane > _lane.Number)
        {
            _lane.Number = arrived.Hello.Lane;
            _lane.Last = 0;
        }

        // Only where this end has forgotten what it had: what the other end does not have any more was acknowledged.
        _lane.Last = Math.Max(_lane.Last, arrived.Hello.First - 1);
        _acknowledged = _lane.Last;
        Send(LaneFrame.OfNumber(LaneFrame.Welcome, _lane.Last));
        Listen();
    }

    private void Listen()
    {
        var attempt = _attempt;
        Context.PipeToSelf(_open!.Connection.ReceiveAsync(), f => new Heard(attempt, f), e => new Failed(attempt, e));
    }

    private void Hear(ReadOnlySpan<byte> frame)
    {
        if (frame.IsEmpty)
        {
            Break("the other end closed it");
        }
        else if (frame[0] == LaneFrame.Batch && TryTake(new BatchReader(frame)))
        {
            Acknowledge();
            Listen();
        }
        else
        {
            LogDamaged(Context.Log, _open!.Hello.FromName, frame.Length);
            Break("the other end sent what is not understood");
        }
    }

    /// <summary>Delivers what is new. False when the batch is damaged or has a gap before it.</summary>
    private bool TryTake(BatchReader batch)
    {
        while (batch.TryRead(out var number, out var message))
        {
            if (number > _lane.Last + 1)
            {
                return false;
            }

            if (number == _lane.Last + 1)
            {
                _lane.Last = number; // first: what fails on its way is not tried again
                _actors.Receive(_lane.Peer, message);
            }
        }

        return !batch.IsDamaged;
    }

    private void Acknowledge()
    {
        if (!_isSending && _acknowledged < _lane.Last)
        {
            _acknowledged = _lane.Last;
            Send(LaneFrame.OfNumber(LaneFrame.Acknowledged, _lane.Last));
        }
    }

    private void Send(byte[] frame)
    {
        _isSending = true;
        var attempt = _attempt;
        Context.PipeToSelf(SendAsync(_open!.Connection, frame), _ => new Sent(attempt), e => new Failed(attempt, e));
    }

    private static async Task<bool> SendAsync(ILaneConnection connection, byte[] frame)
    {
        await connection.SendAsync(frame);
        return true;
    }

    private void Break(string problem)
    {
        LogBroken(Context.Log, _lane.Purpose, _open!.Hello.FromName, problem);
        Disconnect();
        _actors.Options.LaneLost?.Invoke(_lane.Peer);
    }

    private void Disconnect()
    {
        _attempt++;
        _isSending = false;
        _open?.Connection.Dispose();
        _open?.Done.TrySetResult();
        _open = null;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The {Purpose} lane from {Peer} has no connection: {Problem}.")]
    private static partial void LogBroken(ILogger log, LanePurpose purpose, string peer, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection from {Peer} is closed: a frame of {Bytes} bytes is not understood.")]
    private static partial void LogDamaged(ILogger log, string peer, int bytes);

    private sealed record Heard(int Attempt, ReadOnlyMemory<byte> Frame);

    private sealed record Sent(int Attempt);

    private sealed record Failed(int Attempt, Exception Cause);

    private sealed record LeaveDue;
}
