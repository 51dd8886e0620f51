using System.Buffers.Binary;

namespace Carillon.Cluster;

/// <summary>
/// What one lane has to send: each message keeps its number, and its place until it is acknowledged. Safe to use from
/// any thread; the numbers are those of the order in which messages were added.
/// </summary>
internal sealed class Outbox(long maxBytes, int maxMessages)
{
    private readonly Lock _gate = new();
    private byte[][] _ring = new byte[16][];
    private long _first = 1; // the oldest that is not acknowledged
    private long _next = 1; // the first that is not sent on the present connection
    private long _end = 1; // what is added next
    private long _bytes;
    private bool _woken;
    private bool _closed;

    /// <summary>The oldest number that is not acknowledged, or the next one to come.</summary>
    public long First
    {
        get
        {
            lock (_gate)
            {
                return _first;
            }
        }
    }

    /// <summary>How many messages are not acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return (int)(_end - _first);
            }
        }
    }

    /// <summary>How many bytes are not acknowledged.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Whether something is sent and not acknowledged.</summary>
    public bool IsAwaiting
    {
        get
        {
            lock (_gate)
            {
                return _next > _first;
            }
        }
    }

    /// <summary>Whether it takes no more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _closed;
            }
        }
    }

    /// <summary>Adds a message. False when it is closed or full.</summary>
    /// <param name="message">Never changed again.</param>
    /// <param name="wakes">Whether the sender must be told: nobody has told it since it last looked.</param>
    public bool TryAdd(byte[] message, out bool wakes)
    {
        lock (_gate)
        {
            wakes = false;
            var count = (int)(_end - _first);
            if (_closed || count >= maxMessages || _bytes + message.Length > maxBytes)
            {
                return false;
            }

            if (count == _ring.Length)
            {
                Grow();
            }

            _ring[Slot(_end++)] = message;
            _bytes += message.Length;
            wakes = !_woken;
            _woken = true;
            return true;
        }
    }

    /// <summary>Notes that the sender is about to look.</summary>
    public void Look()
    {
        lock (_gate)
        {
            _woken = false;
        }
    }

    /// <summary>Makes the next frame: as many messages as fit, at least one.</summary>
    /// <param name="buffer">Grows when a single message needs more.</param>
    /// <param name="usual">How long the frame may be if it has more than one message.</param>
    /// <returns>The length of the frame; 0 when nothing waits.</returns>
    public int TakeBatch(ref byte[] buffer, int usual)
    {
        lock (_gate)
        {
            if (_next == _end)
            {
                return 0;
            }

            var length = LaneFrame.BatchHeader;
            var needed = length + sizeof(int) + _ring[Slot(_next)].Length;
            if (buffer.Length < Math.Max(needed, usual))
            {
                buffer = new byte[Math.Max(needed, usual)];
            }

            buffer[0] = LaneFrame.Batch;
            BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(1), _next);
            var most = Math.Max(needed, usual);
            while (_next < _end && _ring[Slot(_next)] is var message && length + sizeof(int) + message.Length <= most)
            {
                BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(length), message.Length);
                message.CopyTo(buffer.AsSpan(length + sizeof(int)));
                length += sizeof(int) + message.Length;
                _next++;
            }

            return length;
        }
    }

    /// <summary>Forgets what was taken at the other end. False when that was never sent.</summary>
    public bool Acknowledge(long number)
    {
        lock (_gate)
        {
            if (number >= _next)
            {
                return false;
            }

            while (_first <= number)
            {
                ref var message = ref _ring[Slot(_first++)];
                _bytes -= message.Length;
                message = null!;
            }

            return true;
        }
    }

    /// <summary>Forgets what was sent, acknowledged or not.</summary>
    /// <returns>How many messages that were.</returns>
    public int Skip()
    {
        lock (_gate)
        {
            var skipped = (int)(_next - _first);
            Acknowledge(_next - 1);
            return skipped;
        }
    }

    /// <summary>Begins again with what is not acknowledged: the connection is a new one.</summary>
    public void Rewind()
    {
        lock (_gate)
        {
            _next = _first;
        }
    }

    /// <summary>Takes no more, and forgets what waits.</summary>
    /// <returns>How many messages that were.</returns>
    public int Close()
    {
        lock (_gate)
        {
            _closed = true;
            var lost = (int)(_end - _first);
            _ring = [];
            _first = _next = _end;
            _bytes = 0;
            return lost;
        }
    }

    private int Slot(long number)
    {
        return (int)(number & (_ring.Length - 1));
    }

    private void Grow()
    {
        var larger = new byte[_ring.Length * 2][];
        for (var number = _first; number < _end; number++)
        {
            larger[(int)(number & (larger.Length - 1))] = _ring[Slot(number)];
        }

        _ring = larger;
    }
}
