using System.Buffers.Binary;
using System.Text;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote. Every problem is a <see cref="HistoryStateException"/>.
/// </summary>
internal ref struct StateReader
{
    private static readonly long Earliest = Instant.ToMicroseconds(DateTimeOffset.MinValue);
    private static readonly long Latest = Instant.ToMicroseconds(DateTimeOffset.MaxValue);

    private readonly string _jobId;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Checks version and checksum of a state.</summary>
    /// <param name="jobId">Whose state it is, for messages.</param>
    /// <param name="state">All bytes.</param>
    /// <param name="version">The only version that is understood.</param>
    public StateReader(string jobId, ReadOnlySpan<byte> state, byte version)
    {
        _jobId = jobId;
        if (state.Length > 0 && state[0] != version)
        {
            throw new HistoryStateException(jobId, $"has version {state[0]}; this build understands version {version}");
        }

        if (state.Length < 1 + sizeof(uint)
            || Checksum(state[..^sizeof(uint)]) != BinaryPrimitives.ReadUInt32LittleEndian(state[^sizeof(uint)..]))
        {
            throw new HistoryStateException(
                jobId, $"is damaged: the checksum of its {state.Length} bytes does not match");
        }

        _rest = state[1..^sizeof(uint)];
    }

    /// <summary>FNV-1a, 32 bits: no single changed byte goes unseen.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261U;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619U;
        }

        return hash;
    }

    /// <summary>A number of either sign.</summary>
    public long Number()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number from 0.</summary>
    public long Natural()
    {
        return Unsigned() is var value && value <= long.MaxValue ? (long)value : throw Damaged("a number is too large");
    }

    /// <summary>What <see cref="StateWriter.Natural"/> wrote, from 0 to <paramref name="most"/>.</summary>
    public int Natural(int most)
    {
        var value = Natural();
        return value <= most ? (int)value : throw Damaged($"a count is {value}, allowed are 0 to {most}");
    }

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public int Count(int most)
    {
        var count = Number();
        return count >= 0 && count <= most ? (int)count : throw Damaged($"a count is {count}, allowed are 0 to {most}");
    }

    /// <summary>How many items follow: no more than there are bytes.</summary>
    public int Items()
    {
        return Count(_rest.Length);
    }

    /// <summary>A floating-point number, bit by bit.</summary>
    public double Real()
    {
        return BitConverter.Int64BitsToDouble(Number());
    }

    /// <summary>Yes or no.</summary>
    public bool Flag()
    {
        return Take(1)[0] switch
        {
            0 => false,
            1 => true,
            var other => throw Damaged($"a flag is {other}"),
        };
    }

    /// <summary>A number that may be missing.</summary>
    public long? OptionalNumber()
    {
        return Flag() ? Number() : null;
    }

    /// <summary>An instant that may be missing.</summary>
    public DateTimeOffset? OptionalInstant()
    {
        return OptionalNumber() is not { } microseconds ? null
            : microseconds >= Earliest && microseconds <= Latest ? Instant.FromMicroseconds(microseconds)
            : throw Damaged($"an instant is {microseconds} microseconds from 1970");
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        return Encoding.UTF8.GetString(Take(Count(_rest.Length)));
    }

    /// <summary>A text that may be missing.</summary>
    public string? OptionalText()
    {
        return Flag() ? Text() : null;
    }

    /// <summary>The books.</summary>
    public ExecutionCounts Counts()
    {
        // Initialisers run in the order they are written, which is the order of StateWriter.Counts.
        return new ExecutionCounts
        {
            Planned = Number(),
            Outcomes = Outcomes(),
            Open = Number(),
            Running = Number(),
            Retries = Number(),
            Durations = Number(),
            DurationMicroseconds = Number(),
        };
    }

    /// <summary>How occurrences ended.</summary>
    public OutcomeCounts Outcomes()
    {
        return new OutcomeCounts
        {
            Succeeded = Number(),
            Failed = Number(),
            TimedOut = Number(),
            Cancelled = Number(),
            Skipped = Number(),
            Misfired = Number(),
            Lost = Number(),
        };
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void Finish()
    {
        if (!_rest.IsEmpty)
        {
            throw Damaged($"{_rest.Length} bytes are left over");
        }
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Take(1)[0];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Damaged("a number is longer than 64 bits");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Damaged("it ends too early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private readonly HistoryStateException Damaged(string problem)
    {
        return new HistoryStateException(_jobId, $"is damaged: {problem}");
    }
}
