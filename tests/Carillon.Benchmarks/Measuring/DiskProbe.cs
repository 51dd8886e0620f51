using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Carillon.Benchmarks.Measuring;

/// <summary>
/// Writes and flushes 8 KiB every 20 ms beside a load. A commit waits for a flush, so no start can be on time while these
/// are not.
/// </summary>
internal sealed class DiskProbe : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _path = Path.GetTempFileName();
    private readonly CancellationTokenSource _end = new();
    private readonly List<float> _milliseconds = [];
    private readonly Thread _thread;

    public DiskProbe()
    {
        _thread = new Thread(Work) { Name = "disk probe" };
        _thread.Start();
    }

    /// <summary>Ends it, and tells what each flush took, in ms.</summary>
    public Percentiles End()
    {
        _end.Cancel();
        _thread.Join();
        return new Percentiles(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_milliseconds)).ToArray());
    }

    public void Dispose()
    {
        _end.Cancel();
        _thread.Join();
        _end.Dispose();
        File.Delete(_path);
    }

    private void Work()
    {
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.Write);
        var page = new byte[8192];
        do
        {
            var began = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, page, 0);
            RandomAccess.FlushToDisk(file);
            _milliseconds.Add((float)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        while (!_end.Token.WaitHandle.WaitOne(Pause));
    }
}
