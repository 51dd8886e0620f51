namespace Carillon.Web;

/// <summary>What this process uses.</summary>
/// <param name="CpuSeconds">Processor time since its start.</param>
/// <param name="MemoryBytes">Resident memory.</param>
/// <param name="GcHeapBytes">Memory that managed objects take.</param>
/// <param name="ThreadPoolThreads">Threads of the pool.</param>
/// <param name="ThreadPoolQueueLength">Work that waits for one of them.</param>
internal sealed record ProcessUsage(
    double CpuSeconds, long MemoryBytes, long GcHeapBytes, int ThreadPoolThreads, long ThreadPoolQueueLength)
{
    /// <summary>Measures.</summary>
    public static ProcessUsage Now()
    {
        return new ProcessUsage(
            Environment.CpuUsage.TotalTime.TotalSeconds,
            Environment.WorkingSet,
            GC.GetTotalMemory(forceFullCollection: false),
            ThreadPool.ThreadCount,
            ThreadPool.PendingWorkItemCount);
    }
}
