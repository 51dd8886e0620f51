using System.Buffers.Binary;
using System.Text;

namespace Carillon.Cluster;

/// <summary>
/// The frames of a lane. The first byte tells the kind; numbers are little-endian. To the receiver go batches, back go
/// one welcome or refusal and then acknowledgements.
/// </summary>
public static class LaneFrame
{
    /// <summary>The largest frame that is sent or taken, in bytes: one message may fill it.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Messages with consecutive numbers: the first number, then length and bytes of each.</summary>
    internal const byte Batch = 1;

    /// <summary>The number of the last message that was taken, which none before it follows any more.</summary>
    internal const byte Acknowledged = 2;

    /// <summary>The connection is taken: the number of the last message that was taken before.</summary>
    internal const byte Welcome = 3;

    /// <summary>The lane cannot be, now or ever: why, in words.</summary>
    internal const byte Refused = 4;

    internal const int BatchHeader = 1 + sizeof(long);

    /// <summary>The largest message, in bytes.</summary>
    internal const int MaxMessage = MaxLength - BatchHeader - sizeof(int);

    private const int MaxReason = 1_000;

    internal static byte[] OfNumber(byte kind, long number)
    {
        var frame = new byte[1 + sizeof(long)];
        frame[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(1), number);
        return frame;
    }

    internal static byte[] OfRefusal(string reason)
    {
        return [Refused, .. Encoding.UTF8.GetBytes(reason)];
    }

    /// <summary>The number after the kind; null when the frame has another length.</summary>
    internal static long? NumberOf(ReadOnlySpan<byte> frame)
    {
        return frame.Length == 1 + sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(frame[1..]) : null;
    }

    internal static string ReasonOf(ReadOnlySpan<byte> frame)
    {
        return Encoding.UTF8.GetString(frame[1..Math.Min(frame.Length, 1 + MaxReason)]);
    }
}
