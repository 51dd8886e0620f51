using System.Buffers.Binary;
using System.Text;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Writes the compact form of a history: a version, numbers of 7 bits a byte with the lowest bits first (LEB128),
/// signed ones zigzag, and a checksum over all of it at the end.
/// </summary>
internal sealed class StateWriter
{
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>Starts a state of the given version.</summary>
    public StateWriter(byte version)
    {
        _bytes[_length++] = version;
    }

    /// <summary>A number of either sign; short when it is near 0.</summary>
    public void Number(long value)
    {
        Unsigned((ulong)((value << 1) ^ (value >> 63)));
    }

    /// <summary>A number from 0, one bit shorter than <see cref="Number"/>.</summary>
    public void Natural(long value)
    {
        Unsigned((ulong)value);
    }

    /// <summary>A floating-point number, bit by bit.</summary>
    public void Real(double value)
    {
        Number(BitConverter.DoubleToInt64Bits(value));
    }

    /// <summary>Yes or no.</summary>
    public void Flag(bool value)
    {
        Reserve(1);
        _bytes[_length++] = value ? (byte)1 : (byte)0;
    }

    /// <summary>A number that may be missing.</summary>
    public void Optional(long? value)
    {
        Flag(value is not null);
        if (value is { } number)
        {
            Number(number);
        }
    }

    /// <summary>An instant that may be missing, to the microsecond.</summary>
    public void Optional(DateTimeOffset? value)
    {
        Optional(value is { } instant ? Instant.ToMicroseconds(instant) : (long?)null);
    }

    /// <summary>A text.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length));
    }

    /// <summary>A text that may be missing.</summary>
    public void Optional(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    /// <summary>The books.</summary>
    public void Counts(in ExecutionCounts counts)
    {
        Number(counts.Planned);
        Outcomes(counts.Outcomes);
        Number(counts.Open);
        Number(counts.Running);
        Number(counts.Retries);
        Number(counts.Durations);
        Number(counts.DurationMicroseconds);
    }

    /// <summary>How occurrences ended.</summary>
    public void Outcomes(in OutcomeCounts counts)
    {
        Number(counts.Succeeded);
        Number(counts.Failed);
        Number(counts.TimedOut);
        Number(counts.Cancelled);
        Number(counts.Skipped);
        Number(counts.Misfired);
        Number(counts.Lost);
    }

    /// <summary>Adds the checksum and gives all bytes. Nothing may be written after it.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Reserve(sizeof(uint));
        var checksum = StateReader.Checksum(_bytes.AsSpan(0, _length));
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(_length), checksum);
        _length += sizeof(uint);
        return _bytes.AsMemory(0, _length);
    }

    private void Unsigned(ulong rest)
    {
        Reserve(10);
        while (rest >= 0x80)
        {
            _bytes[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _bytes[_length++] = (byte)rest;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
