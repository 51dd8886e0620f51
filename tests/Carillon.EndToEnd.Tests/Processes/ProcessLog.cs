using System.Collections.Concurrent;

namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>What a process has written, line by line. Safe to use from any thread.</summary>
internal sealed class ProcessLog
{
    private const int TailLines = 40;
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public string Text => string.Join('\n', _lines);

    /// <summary>The newest lines, for messages.</summary>
    public string Tail => string.Join('\n', _lines.TakeLast(TailLines));

    /// <summary>Takes a line; null, which is the end of the stream, is none.</summary>
    public void Add(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
