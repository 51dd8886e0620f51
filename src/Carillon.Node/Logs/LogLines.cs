using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;

namespace Carillon.Node.Logs;

/// <summary>The lines of a file, one after the other; of the whole file no more than one line is held.</summary>
internal static class LogLines
{
    /// <summary>A line that is longer is none of a log.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly byte[] GzipMagic = [0x1F, 0x8B];

    /// <summary>Hands every line to <paramref name="take"/>: without its end, and empty where it is too long.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">The compressed file is damaged; what was before has been handed over.</exception>
    public static async Task ReadAsync(string path, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var text = IsCompressed(file) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        var reader = PipeReader.Create(text, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var isTooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                take(isTooLong ? default : Line(rest.Slice(0, end)));
                isTooLong = false;
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MaxBytes)
            {
                isTooLong = true;
                rest = rest.Slice(rest.End);
            }

            if (read.IsCompleted)
            {
                if (isTooLong || rest.Length > 0)
                {
                    take(isTooLong ? default : Line(rest));
                }

                return;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static ReadOnlyMemory<byte> Line(in ReadOnlySequence<byte> line)
    {
        return line.Length > MaxBytes ? default : line.IsSingleSegment ? line.First : line.ToArray();
    }

    private static bool IsCompressed(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        var length = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..length].SequenceEqual(GzipMagic);
    }
}
