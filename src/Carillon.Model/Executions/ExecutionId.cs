using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Carillon.Model;

/// <summary>
/// Ids of executions: version 7 UUIDs (RFC 9562) whose time is the occurrence's scheduled time and whose other bits
/// are a digest of job and time. The same occurrence has the same id on every node and after every restart, and the
/// store needs no column for it: the time in the id leads to the rows.
/// </summary>
public static class ExecutionId
{
    /// <summary>The id of the occurrence of <paramref name="jobId"/> at <paramref name="scheduledAt"/>.</summary>
    public static Guid Of(string jobId, DateTimeOffset scheduledAt)
    {
        Span<byte> input = stackalloc byte[8 + (3 * JobDefinition.MaxIdLength)];
        BinaryPrimitives.WriteInt64BigEndian(input, Instant.ToMicroseconds(scheduledAt));
        var length = 8 + Encoding.UTF8.GetBytes(jobId, input[8..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..length], digest);

        Span<byte> id = stackalloc byte[16];
        digest[..16].CopyTo(id);
        var milliseconds = scheduledAt.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(id[2..], (uint)milliseconds);
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }

    /// <summary>The millisecond in which the execution was scheduled, or null when <paramref name="id"/> is not a version 7 UUID.</summary>
    public static DateTimeOffset? ScheduledMillisecond(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        if (bytes[6] >> 4 != 7)
        {
            return null;
        }

        var milliseconds = ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        return milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? null
            : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
