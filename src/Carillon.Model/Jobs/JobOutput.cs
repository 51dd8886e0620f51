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

    private readonly int _tailLimit;
    private readonly List<byte> _head = []; // its lock guards all fields
    private readonly int _headLimit;
    private byte[] _tail = []; // a ring once it has grown to its limit
    private long _tailWritten;

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
        lock (_head)
        {
            var first = Math.Min(bytes.Length, _headLimit - _head.Count);
            _head.AddRange(bytes[..first]);
            AddToTail(bytes[first..]);
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
        lock (_head)
        {
            if (_head.Count == 0 && _tailWritten == 0)
            {
                return null;
            }

            var kept = _tail.AsSpan(0, (int)Math.Min(_tailWritten, _tail.Length));
            if (_tailWritten <= _tailLimit)
            {
                return Decode([.. _head, .. kept]);
            }

            var turn = _tail.Length == 0 ? 0 : (int)(_tailWritten % _tail.Length);
            byte[] end = [.. _tail.AsSpan(turn), .. _tail.AsSpan(0, turn)];
            var head = BeforeBrokenCharacter([.. _head]);
            var tail = AfterBrokenCharacter(end);
            var dropped = _head.Count - head.Length + _tailWritten - tail.Length;
            var mark = string.Create(CultureInfo.InvariantCulture, $"[{dropped} bytes left out]\n");
            return head.Length == 0 ? mark + Decode(tail) : $"{Decode(head)}\n{mark}{Decode(tail)}";
        }
    }

    private void AddToTail(ReadOnlySpan<byte> bytes)
    {
        if (_tailLimit > 0 && bytes.Length > 0)
        {
            GrowTail(_tailWritten + bytes.Length);
            var last = bytes.Length <= _tail.Length ? bytes : bytes[^_tail.Length..];
            var at = (int)((_tailWritten + bytes.Length - last.Length) % _tail.Length);
            var straight = Math.Min(last.Length, _tail.Length - at);
            last[..straight].CopyTo(_tail.AsSpan(at));
            last[straight..].CopyTo(_tail);
        }

        _tailWritten += bytes.Length;
    }

    private void GrowTail(long needed)
    {
        if (_tail.Length < _tailLimit && needed > _tail.Length)
        {
            Array.Resize(ref _tail, (int)Math.Min(_tailLimit, Math.Max(needed, _tail.Length * 2L)));
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
}
