using System.Buffers;

namespace Carillon.Metrics;

/// <summary>
/// A finished page in pooled memory. It is in chunks, because one block for a large page would be copied each time it
/// grows. Dispose it when it is sent.
/// </summary>
public sealed class PageBuffer : IDisposable
{
    private const int FirstChunk = 64 * 1024;
    private const int LargestChunk = 1024 * 1024;

    private readonly List<byte[]> _full = [];
    private readonly List<int> _fullLengths = [];
    private byte[] _chunk = ArrayPool<byte>.Shared.Rent(FirstChunk);
    private int _length;

    /// <summary>The page from its first byte to its last.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks
    {
        get
        {
            for (var i = 0; i < _full.Count; i++)
            {
                yield return _full[i].AsMemory(0, _fullLengths[i]);
            }

            yield return _chunk.AsMemory(0, _length);
        }
    }

    /// <summary>How many bytes the page has.</summary>
    public long Length => _fullLengths.Sum(static length => (long)length) + _length;

    /// <summary>How many samples the page has.</summary>
    public long Samples { get; private set; }

    /// <summary>Makes a page.</summary>
    /// <param name="format">In which form.</param>
    /// <param name="write">Writes its families.</param>
    /// <param name="cancellationToken">Gives up; looked at between families.</param>
    internal static PageBuffer Fill(PageFormat format, Action<PageWriter> write, CancellationToken cancellationToken)
    {
        var buffer = new PageBuffer();
        try
        {
            var page = new PageWriter(buffer, format, cancellationToken);
            write(page);
            page.End();
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Writes the whole page to a stream.</summary>
    public async Task CopyToAsync(Stream destination, CancellationToken cancellationToken)
    {
        foreach (var chunk in Chunks)
        {
            await destination.WriteAsync(chunk, cancellationToken);
        }
    }

    /// <summary>Gives the memory back. The page must not be read any more.</summary>
    public void Dispose()
    {
        foreach (var chunk in _full)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _full.Clear();
        _fullLengths.Clear();
        if (_chunk.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_chunk);
        }

        _chunk = [];
        _length = 0;
    }

    /// <summary>Room for the next bytes, in one piece.</summary>
    internal Span<byte> Reserve(int count)
    {
        if (_chunk.Length - _length < count)
        {
            var size = Math.Min(LargestChunk, Math.Max(FirstChunk, _chunk.Length * 2));
            var next = ArrayPool<byte>.Shared.Rent(Math.Max(count, size));
            _full.Add(_chunk);
            _fullLengths.Add(_length);
            _chunk = next;
            _length = 0;
        }

        return _chunk.AsSpan(_length);
    }

    /// <summary>Keeps the first bytes of what <see cref="Reserve"/> gave: no sample, or one.</summary>
    internal void Advance(int count, int samples)
    {
        _length += count;
        Samples += samples;
    }
}
