using System.Buffers.Binary;

namespace Carillon.Cluster;

/// <summary>Reads the messages of a batch one after the other.</summary>
internal ref struct BatchReader
{
    private ReadOnlySpan<byte> _rest;
    private long _next;

    /// <summary>Begins with the header; whether it is one at all tells <see cref="IsDamaged"/>.</summary>
    public BatchReader(ReadOnlySpan<byte> frame)
    {
        IsDamaged = frame.Length < LaneFrame.BatchHeader;
        _next = IsDamaged ? 0 : BinaryPrimitives.ReadInt64LittleEndian(frame[1..]);
        _rest = IsDamaged ? default : frame[LaneFrame.BatchHeader..];
    }

    /// <summary>Whether the frame did not hold what its lengths say. What was read before is right.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The next message and its number; false at the end, and where the frame is damaged.</summary>
    public bool TryRead(out long number, out ReadOnlySpan<byte> message)
    {
        number = _next++;
        message = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var length = _rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(_rest);
        if (length < 0 || length > _rest.Length - sizeof(int))
        {
            IsDamaged = true;
            return false;
        }

        message = _rest.Slice(sizeof(int), length);
        _rest = _rest[(sizeof(int) + length)..];
        return true;
    }
}
