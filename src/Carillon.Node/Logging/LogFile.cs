using System.Collections.Concurrent;
using System.Text;

namespace Carillon.Node.Logging;

/// <summary>
/// A file of lines that is written by one thread of its own, and begun anew when it is full. Whoever logs never waits:
/// what does not fit into the queue, or cannot be written, is dropped and counted, and the file is told how much as soon
/// as it takes lines again.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    private readonly LogFileLimits _limits;
    private readonly Func<long, string> _dropped;
    private readonly TextWriter _errors;
    private readonly TimeProvider _time;
    private readonly BlockingCollection<string> _lines;
    private readonly Thread _thread;
    private FileStream? _file;
    private long _lost;
    private long _failedAt;
    private long _size;

    /// <summary>Opens a file and begins to write.</summary>
    /// <param name="path">The file; what is in it stays.</param>
    /// <param name="limits">How much is kept.</param>
    /// <param name="dropped">The line that tells how many lines were dropped.</param>
    /// <param name="errors">Where it is told that the file cannot be written.</param>
    /// <param name="time">The clock of retries.</param>
    /// <exception cref="LogFileException">It cannot be written.</exception>
    public LogFile(string path, LogFileLimits limits, Func<long, string> dropped, TextWriter errors, TimeProvider time)
    {
        Path = System.IO.Path.GetFullPath(path);
        _limits = limits;
        _dropped = dropped;
        _errors = errors;
        _time = time;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            _file = Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LogFileException(
                $"the log file '{Path}' cannot be written ({error.Message}): let the node write there, or choose another one with carillon.logging.file.path",
                error);
        }

        _lines = new BlockingCollection<string>(limits.QueuedLines);
        _thread = new Thread(Write) { IsBackground = true, Name = "carillon-log-file" };
        _thread.Start();
    }

    /// <summary>The file that is written.</summary>
    public string Path { get; }

    /// <summary>Adds a line, without its end.</summary>
    public void Add(string line)
    {
        if (!_lines.IsAddingCompleted && !_lines.TryAdd(line))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Writes what waits, and closes.</summary>
    public void Dispose()
    {
        _lines.CompleteAdding();
        if (_thread.Join(CloseTime))
        {
            _lines.Dispose();
        }
    }

    private void Write()
    {
        foreach (var line in _lines.GetConsumingEnumerable())
        {
            if (Interlocked.Read(ref _lost) is > 0 and var lost && TryWrite(_dropped(lost)))
            {
                Interlocked.Add(ref _lost, -lost);
            }

            if (!TryWrite(line))
            {
                Interlocked.Increment(ref _lost);
            }

            if (_lines.Count == 0)
            {
                TryFlush();
            }
        }

        TryFlush();
        _file?.Dispose();
    }

    private bool TryWrite(string line)
    {
        if (_file is null && _time.GetElapsedTime(_failedAt) < RetryInterval)
        {
            return false;
        }

        try
        {
            _file ??= Open();
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            if (_size > 0 && _size + bytes.Length > _limits.FileBytes)
            {
                Roll();
            }

            _file!.Write(bytes);
            _size += bytes.Length;
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(error);
            return false;
        }
    }

    private void TryFlush()
    {
        try
        {
            _file?.Flush();
        }
        catch (IOException error)
        {
            Fail(error);
        }
    }

    private void Fail(Exception error)
    {
        _failedAt = _time.GetTimestamp();
        _errors.WriteLine($"the log file '{Path}' cannot be written ({error.Message}); lines are dropped until it can");
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What it could not write is lost, as was told.
        }

        _file = null;
    }

    /// <summary>FILE.1 becomes FILE.2 and so on, FILE becomes FILE.1, and the oldest one is gone.</summary>
    private void Roll()
    {
        _file?.Dispose();
        _file = null;
        if (_limits.Files == 1)
        {
            File.Delete(Path);
        }
        else
        {
            for (var older = _limits.Files - 1; older >= 1; older--)
            {
                var newer = older == 1 ? Path : $"{Path}.{older - 1}";
                if (File.Exists(newer))
                {
                    File.Move(newer, $"{Path}.{older}", overwrite: true);
                }
            }
        }

        _file = Open();
    }

    private FileStream Open()
    {
        var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024);
        _size = file.CanSeek ? file.Length : 0;
        return file;
    }
}
