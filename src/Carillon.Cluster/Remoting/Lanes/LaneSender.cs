using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Carillon.Actors;
using Microsoft.Extensions.Logging;

namespace Carillon.Cluster;

/// <summary>
/// Sends what one lane has, over one connection after the other. What is not acknowledged is sent again on the next
/// one; the other end tells at the beginning what it has, and drops what comes twice.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "What it owns is disposed when the actor stops.")]
internal sealed partial class LaneSender : Actor<object>
{
    /// <summary>Told when something waits in the outbox.</summary>
    internal static readonly object Wake = new();

    /// <summary>Told when the lane has ended.</summary>
    internal static readonly object Leave = new();

    /// <summary>How long a frame of several messages may be; less on a line that was too slow for it.</summary>
    private const int LargestBatch = 256 * 1024;
    private const int SmallestBatch = 4 * 1024;

    private const double BytesPerSecond = 1024 * 1024;
    private const int MostDoublings = 5;
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(1);
    private static readonly object RetryTimer = new();
    private static readonly object OverdueTimer = new();
    private static readonly object SilenceTimer = new();
    private static readonly object LeaveTimer = new();

    private readonly Lane _lane;
    private readonly RemoteActors _actors;
    private readonly ILaneNetwork _network;
    private readonly LaneBackoff _backoff;

    private int _attempt; // of connecting; what belongs to an earlier one is not heeded
    private CancellationTokenSource? _connecting;
    private ILaneConnection? _connection;
    private bool _isOpen; // welcomed
    private bool _isSending;
    private bool _isWaiting; // before the next attempt
    private byte[] _buffer = [];
    private int _batch = LargestBatch;
    private int _silences; // since something was acknowledged
    private int _largest; // frame that is not acknowledged, at most
    private long _heardAt;
    private long? _failingSince; // no welcome since then
    private bool _isToldUnreachable;

    public LaneSender(Lane lane, RemoteActors actors, ILaneNetwork network)
    {
        _lane = lane;
        _actors = actors;
        _network = network;
        _backoff = new LaneBackoff(Context.Random);
    }

    /// <summary>Longer after each silence in a row: a line that is slow must not be given up for ever.</summary>
    private TimeSpan SilenceLimit =>
        (_actors.Options.Silence + TimeSpan.FromSeconds(_largest / BytesPerSecond)) * Math.Pow(2, Math.Min(_silences, MostDoublings));

    protected override void PreStart()
    {
        _lane.Attach(Context.Self);
        Pump();
    }

    protected override void PostStop()
    {
        Disconnect();
    }

    protected override void Receive(object message)
    {
        switch (message)
        {
            case var wake when ReferenceEquals(wake, Wake):
                Pump();
                break;
            case Connected connected:
                TakeUp(connected);
                break;
            case Heard heard when heard.Attempt == _attempt:
                Hear(heard.Frame.Span);
                break;
            case Sent sent when sent.Attempt == _attempt:
                _isSending = false;
                Pump();
                break;
            case Failed failed when failed.Attempt == _attempt:
                Break(failed.Cause.GetBaseException().Message); // the outer ones say that connecting failed, and not why
                break;
            case Heard or Sent or Failed:
                break; // of a connection that is given up
            case var leave when ReferenceEquals(leave, Leave):
                End();
                break;
            default:
                ReceiveTimer(message);
                break;
        }
    }

    private void ReceiveTimer(object message)
    {
        switch (message)
        {
            case RetryDue:
                _isWaiting = false;
                Pump();
                break;
            case SilenceDue:
                CheckSilence();
                break;
            case OverdueDue:
                Break("it was not taken in time");
                break;
            case LeaveDue:
                Context.StopSelf();
                break;
            default:
                throw new UnreachableException($"A lane does not understand {message.GetType().Name}.");
        }
    }

    private void Pump()
    {
        _lane.Outbox.Look();
        if (_isOpen)
        {
            SendNext();
        }
        else if (_connection is null && _connecting is null && !_isWaiting && _lane.Outbox.Count > 0)
        {
            Connect();
        }
    }

    private void Connect()
    {
        var attempt = ++_attempt;
        if (!_actors.Directory.Nodes.TryGetValue(_lane.Peer, out var node))
        {
            Break("its address is not known yet");
            return;
        }

        _connecting = new CancellationTokenSource();
        Context.Timers.StartSingle(OverdueTimer, new OverdueDue(), _actors.Options.Silence);
        var hello = _actors.HelloTo(_lane);
        Context.PipeToSelf(
            ConnectAsync(node, hello, _connecting.Token),
            c => new Connected(attempt, c),
            e => new Failed(attempt, e));
    }

    private async Task<ILaneConnection> ConnectAsync(NodeRow node, LaneHello hello, CancellationToken cancellationToken)
    {
        return await _network.ConnectAsync(node, hello, cancellationToken);
    }

    private void TakeUp(Connected connected)
    {
        if (connected.Attempt != _attempt)
        {
            connected.Connection.Dispose();
            return;
        }

        _connecting!.Dispose();
        _connecting = null;
        _connection = connected.Connection;
        Listen();
    }

    private void Listen()
    {
        var attempt = _attempt;
        Context.PipeToSelf(_connection!.ReceiveAsync(), f => new Heard(attempt, f), e => new Failed(attempt, e));
    }

    private void Hear(ReadOnlySpan<byte> frame)
    {
        _heardAt = Context.Time.GetTimestamp();
        if (frame.IsEmpty)
        {
            Break("the other end closed it");
        }
        else if (frame[0] == LaneFrame.Refused)
        {
            LogRefused(Context.Log, _lane.Purpose, _lane.Peer, LaneFrame.ReasonOf(frame));
            End();
        }
        else if (LaneFrame.NumberOf(frame) is { } number && frame[0] == (_isOpen ? LaneFrame.Acknowledged : LaneFrame.Welcome) && _lane.Outbox.Acknowledge(number))
        {
            Advance();
            Listen();
        }
        else
        {
            BeginAnewIfBeyond(frame);
            Break("the other end sent what is not understood");
        }
    }

    /// <summary>
    /// An end that has more than was ever sent would have it for ever: the lane begins anew, without what was sent.
    /// </summary>
    private void BeginAnewIfBeyond(ReadOnlySpan<byte> frame)
    {
        if (!_isOpen && frame[0] == LaneFrame.Welcome && LaneFrame.NumberOf(frame) is { } number)
        {
            LogBeyond(Context.Log, _lane.Purpose, _lane.Peer, number);
            _actors.BeginAnew(_lane);
        }
    }

    private void Advance()
    {
        if (_isOpen)
        {
            _backoff.Reset();
            _silences = 0;
            _batch = Math.Min(LargestBatch, _batch + SmallestBatch);
            _largest = _lane.Outbox.IsAwaiting ? _largest : 0;
        }
        else
        {
            _isOpen = true;
            TellReached();
            _lane.Outbox.Rewind();
            Context.Timers.Cancel(OverdueTimer);
        }

        Pump();
    }

    private void SendNext()
    {
        if (_isSending)
        {
            return;
        }

        if (!_lane.Outbox.IsAwaiting)
        {
            _heardAt = Context.Time.GetTimestamp(); // nothing was owed until now
        }

        var length = _lane.Outbox.TakeBatch(ref _buffer, _batch);
        if (length == 0)
        {
            return;
        }

        _isSending = true;
        _largest = Math.Max(_largest, length);
        Context.Timers.StartSingle(SilenceTimer, new SilenceDue(), SilenceLimit);
        var attempt = _attempt;
        var sending = SendAsync(_connection!, _buffer.AsMemory(0, length));
        if (_buffer.Length > LargestBatch)
        {
            _buffer = []; // not kept for one large message
        }

        Context.PipeToSelf(sending, _ => new Sent(attempt), e => new Failed(attempt, e));
    }

    private static async Task<bool> SendAsync(ILaneConnection connection, ReadOnlyMemory<byte> frame)
    {
        await connection.SendAsync(frame);
        return true;
    }

    private void CheckSilence()
    {
        if (!_isOpen || !_lane.Outbox.IsAwaiting)
        {
            return;
        }

        var left = SilenceLimit - Context.Time.GetElapsedTime(_heardAt);
        if (left <= TimeSpan.Zero)
        {
            _silences++;
            _batch = Math.Max(SmallestBatch, _batch / 4);
            Break("nothing was heard for too long");
        }
        else
        {
            Context.Timers.StartSingle(SilenceTimer, new SilenceDue(), left);
        }
    }

    /// <summary>Gives the connection up, and tries the next one when it is time.</summary>
    private void Break(string problem)
    {
        LogBroken(Context.Log, _lane.Purpose, _lane.Peer, problem);
        var wasOpen = _isOpen;
        Disconnect();
        var wait = _backoff.Next();
        _isWaiting = true;
        Context.Timers.StartSingle(RetryTimer, new RetryDue(), wait);
        if (wasOpen)
        {
            _actors.CountersOf(_lane.Purpose).CountBreak();
            _actors.Options.LaneLost?.Invoke(_lane.Peer);
        }

        TellIfUnreachable(problem);
    }

    /// <summary>Once in each outage, when it has lasted: a connection that breaks, or a node that starts, is nothing to tell.</summary>
    private void TellIfUnreachable(string problem)
    {
        _failingSince ??= Context.Time.GetTimestamp();
        if (!_isToldUnreachable && Context.Time.GetElapsedTime(_failingSince.Value) >= _actors.Options.Silence
            && _actors.Directory.Nodes.TryGetValue(_lane.Peer, out var node))
        {
            _isToldUnreachable = true;
            LogUnreachable(Context.Log, node.Name, node.Advertise, _lane.Purpose, problem);
        }
    }

    private void TellReached()
    {
        if (_isToldUnreachable && _actors.Directory.Nodes.TryGetValue(_lane.Peer, out var node))
        {
            LogReached(Context.Log, node.Name, node.Advertise, _lane.Purpose);
        }

        (_failingSince, _isToldUnreachable) = (null, false);
    }

    /// <summary>For good. The actor stops when what it waits for has had time to end.</summary>
    private void End()
    {
        _actors.End(_lane);
        Disconnect();
        Context.Timers.StartSingle(LeaveTimer, new LeaveDue(), LeaveTime);
    }

    private void Disconnect()
    {
        _attempt++;
        _connecting?.Cancel();
        _connecting?.Dispose();
        _connecting = null;
        _connection?.Dispose();
        _connection = null;
        _isOpen = false;
        if (_isSending)
        {
            _isSending = false;
            _buffer = []; // the connection may still be reading it
        }

        _largest = 0;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The {Purpose} lane to {Peer} has no connection: {Problem}.")]
    private static partial void LogBroken(ILogger log, LanePurpose purpose, Guid peer, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Name} cannot be reached at {Advertise} ({Purpose} lane), it is tried again: {Problem}")]
    private static partial void LogUnreachable(ILogger log, string name, string advertise, LanePurpose purpose, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} is reached again at {Advertise} ({Purpose} lane).")]
    private static partial void LogReached(ILogger log, string name, string advertise, LanePurpose purpose);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Purpose} lane to {Peer} begins anew: the other end has message {Number}, which was never sent.")]
    private static partial void LogBeyond(ILogger log, LanePurpose purpose, Guid peer, long number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Purpose} lane to {Peer} has ended: {Reason}.")]
    private static partial void LogRefused(ILogger log, LanePurpose purpose, Guid peer, string reason);

    private sealed record Connected(int Attempt, ILaneConnection Connection);

    private sealed record Heard(int Attempt, ReadOnlyMemory<byte> Frame);

    private sealed record Sent(int Attempt);

    private sealed record Failed(int Attempt, Exception Cause);

    private sealed record RetryDue;

    private sealed record SilenceDue;

    private sealed record OverdueDue;

    private sealed record LeaveDue;
}
