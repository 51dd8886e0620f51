using System.Globalization;
using System.Text;

namespace Carillon.Model;

/// <summary>
/// What a run prints, within bounds: the first and the last bytes are kept, what lies between is counted and dropped, so
/// that writing never waits and never grows. Safe for several threads.
/// </summary>
public sealed class JobOutput
{
    /// <summary>How many bytes are kept by default: 64 KiB.</summary>
    public const int DefaultLimit = 64 * 1024;

    private readonly int _headLimit;
    private readonly int _tailLimit;
    private Kept? _kept; // most runs print nothing

    /// <summary>Keeps half of the limit from the beginning and half from the end.</summary>
    /// <param name="limit">Bytes, as they are written; 0 keeps nothing.</param>
    public JobOutput(int limit = DefaultLimit)
        : this(limit - (limit / 2), limit / 2)
    {
    }

    /// <summary>Keeps so much of the beginning and so much of the end.</summary>
    /// <param name="headLimit">Bytes.</param>
    /// <param name="tailLimit">Bytes.</param>
    public JobOutput(int headLimit, int tailLimit)
    {
        _headLimit = headLimit;
        _tailLimit = tailLimit;
    }

    /// <summary>The most bytes that are kept.</summary>
    public int Limit => _headLimit + _tailLimit;

    /// <summary>Adds bytes, which are meant to be UTF-8.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var kept = LazyInitializer.EnsureInitialized(ref _kept);
        lock (kept)
        {
            var first = Math.Min(bytes.Length, _headLimit - kept.Head.Count);
            kept.Head.AddRange(bytes[..first]);
            kept.AddToTail(bytes[first..], _tailLimit);
        }
    }

    /// <summary>Adds a line.</summary>
    public void WriteLine(string line)
    {
        Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>
    /// The text so far, fit for the store: bytes that are no UTF-8 and U+0000 appear as U+FFFD, and where something was
    /// dropped a line says how much. Null when nothing was written.
    /// </summary>
    public string? Text()
    {
        if (Volatile.Read(ref _kept) is not { } kept)
        {
            return null;
        }

        lock (kept)
        {
            if (kept.Head.Count == 0 && kept.TailWritten == 0)
            {
                return null;
            }

            if (kept.TailWritten <= _tailLimit)
            {
                return Decode([.. kept.Head, .. kept.Tail]);
            }

            var head = BeforeBrokenCharacter([.. kept.Head]);
            var tail = AfterBrokenCharacter(kept.Tail);
            var dropped = kept.Head.Count - head.Length + kept.TailWritten - tail.Length;
            var mark = string.Create(CultureInfo.InvariantCulture, $"[{dropped} bytes left out]\n");
            return head.Length == 0 ? mark + Decode(tail) : $"{Decode(head)}\n{mark}{Decode(tail)}";
        }
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        return StoredText.Clean(Encoding.UTF8.GetString(bytes));
    }

    private static ReadOnlySpan<byte> BeforeBrokenCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if (lead >= 0xC0)
            {
                var length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return back < length ? bytes[..^back] : bytes;
            }

            if (lead < 0x80)
            {
                break;
            }
        }

        return bytes;
    }

    private static ReadOnlySpan<byte> AfterBrokenCharacter(ReadOnlySpan<byte> bytes)
    {
        var skip = 0;
        while (skip < Math.Min(3, bytes.Length) && (bytes[skip] & 0xC0) == 0x80)
        {
            skip++;
        }

        return bytes[skip..];
    }

    /// <summary>What is kept; its lock guards it.</summary>
    private sealed class Kept
    {
        private byte[] _ring = []; // once it has grown to its limit

        public List<byte> Head { get; } = [];

        public long TailWritten { get; private set; }

        /// <summary>The last bytes, in the order in which they were written.</summary>
        public byte[] Tail
        {
            get
            {
                var turn = TailWritten <= _ring.Length || _ring.Length == 0 ? 0 : (int)(TailWritten % _ring.Length);
                var end = (int)Math.Min(TailWritten, _ring.Length);
                return [.. _ring.AsSpan(turn..end), .. _ring.AsSpan(0, turn)];
            }
        }

        public void AddToTail(ReadOnlySpan<byte> bytes, int limit)
        {
            if (limit > 0 && bytes.Length > 0)
            {
                Grow(TailWritten + bytes.Length, limit);
                var last = bytes.Length <= _ring.Length ? bytes : bytes[^_ring.Length..];
                var at = (int)((TailWritten + bytes.Length - last.Length) % _ring.Length);
                var straight = Math.Min(last.Length, _ring.Length - at);
                last[..straight].CopyTo(_ring.AsSpan(at));
                last[straight..].CopyTo(_ring);
            }

            TailWritten += bytes.Length;
        }

        private void Grow(long needed, int limit)
        {
            if (_ring.Length < limit && needed > _ring.Length)
            {
                Array.Resize(ref _ring, (int)Math.Min(limit, Math.Max(needed, _ring.Length * 2L)));
            }
        }
    }
}
