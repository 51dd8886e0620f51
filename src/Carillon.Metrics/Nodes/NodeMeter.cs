namespace Carillon.Metrics;

/// <summary>Reads what the process uses, from the runtime and, where there is one, from <c>/proc</c>.</summary>
public sealed class NodeMeter
{
    private readonly string _dataDirectory;
    private readonly TimeProvider _time;
    private readonly Func<int> _dispatcherQueue;
    private readonly long _startedAt;

    /// <summary>Makes a meter; the node's uptime counts from here.</summary>
    /// <param name="dataDirectory">Whose file system is told about; may be missing.</param>
    /// <param name="time">Measures the uptime.</param>
    /// <param name="dispatcherQueue">How many actors wait for a thread.</param>
    public NodeMeter(string dataDirectory, TimeProvider time, Func<int> dispatcherQueue)
    {
        _dataDirectory = dataDirectory;
        _time = time;
        _dispatcherQueue = dispatcherQueue;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>The figures of now.</summary>
    public NodeFigures Read()
    {
        var io = Text("/proc/self/io");
        var network = ProcText.Network(Text("/proc/self/net/dev"));
        var (free, total) = Space();
        return new NodeFigures
        {
            UptimeSeconds = _time.GetElapsedTime(_startedAt).TotalSeconds,
            CpuSeconds = Environment.CpuUsage.TotalTime.TotalSeconds,
            MemoryBytes = Environment.WorkingSet,
            GcHeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            GcCollections = [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount)],
            GcPauseSeconds = GC.GetTotalPauseDuration().TotalSeconds,
            ThreadPoolThreads = ThreadPool.ThreadCount,
            ThreadPoolQueueLength = ThreadPool.PendingWorkItemCount,
            DispatcherQueueLength = _dispatcherQueue(),
            Threads = (int?)ProcText.Field(Text("/proc/self/status"), "Threads"),
            OpenHandles = Handles(),
            DiskReadBytes = ProcText.Field(io, "read_bytes"),
            DiskWrittenBytes = ProcText.Field(io, "write_bytes"),
            DataFreeBytes = free,
            DataTotalBytes = total,
            NetworkReceivedBytes = network?.Received,
            NetworkSentBytes = network?.Sent,
        };
    }

    /// <summary>A file of the system; empty where there is none, or where it may not be read.</summary>
    private static string Text(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText(path) : string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static int? Handles()
    {
        try
        {
            return OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private (long? Free, long? Total) Space()
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(_dataDirectory));
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, null);
        }
    }
}
