namespace Carillon.Metrics;

/// <summary>
/// What this process and its machine use. What the system does not tell, as other systems than Linux do, is null.
/// </summary>
public sealed record NodeFigures
{
    /// <summary>Seconds since the node started.</summary>
    public required double UptimeSeconds { get; init; }

    /// <summary>Processor time since the process started, user and system, in seconds.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Resident memory of the process.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Memory that managed objects take.</summary>
    public required long GcHeapBytes { get; init; }

    /// <summary>Collections that included generation 0, 1 and 2, in this order.</summary>
    public required IReadOnlyList<int> GcCollections { get; init; }

    /// <summary>How long collections have stopped the process in all, in seconds.</summary>
    public required double GcPauseSeconds { get; init; }

    /// <summary>Threads of the pool.</summary>
    public required int ThreadPoolThreads { get; init; }

    /// <summary>Work that waits for one of them.</summary>
    public required long ThreadPoolQueueLength { get; init; }

    /// <summary>Actors that wait for a thread of the dispatcher.</summary>
    public required int DispatcherQueueLength { get; init; }

    /// <summary>All threads of the process, or null.</summary>
    public int? Threads { get; init; }

    /// <summary>Open files, sockets and the like, or null.</summary>
    public int? OpenHandles { get; init; }

    /// <summary>Bytes that the process has had fetched from storage, or null.</summary>
    public long? DiskReadBytes { get; init; }

    /// <summary>Bytes that the process has had sent to storage, or null.</summary>
    public long? DiskWrittenBytes { get; init; }

    /// <summary>Bytes that may still be written to the file system of the data directory, or null.</summary>
    public long? DataFreeBytes { get; init; }

    /// <summary>The size of the file system of the data directory, or null.</summary>
    public long? DataTotalBytes { get; init; }

    /// <summary>Bytes received by the machine or container, over all interfaces but the loopback, or null.</summary>
    public long? NetworkReceivedBytes { get; init; }

    /// <summary>Bytes sent by the machine or container, over all interfaces but the loopback, or null.</summary>
    public long? NetworkSentBytes { get; init; }
}
