using System.Runtime.InteropServices;

namespace Carillon.Benchmarks.Workers;

/// <summary>Counts executions and keeps the raw start lags. Recording takes no lock and allocates nothing.</summary>
internal sealed class ExecutionRecorder(ExecutionTrace? trace)
{
    private const int Capacity = 1 << 24;
    private const float LateProbeMilliseconds = 100;

    private readonly float[] _lags = GC.AllocateUninitializedArray<float>(Capacity);
    private long _started;
    private long _taken;
    private long _ended;
    private long _lastEnded;
    private long _lateProbe;

    /// <summary>Where single runs are noted; null for nowhere.</summary>
    public ExecutionTrace? Trace => trace;

    /// <summary>Notes a start, at the first line of the job's own code.</summary>
    public void Start(DateTimeOffset scheduledAt)
    {
        var lag = (float)(DateTimeOffset.UtcNow - scheduledAt).TotalMilliseconds;
        var index = Interlocked.Increment(ref _started) - 1;
        if (index < Capacity)
        {
            _lags[index] = lag;
        }
    }

    /// <summary>Notes the start of a probe.</summary>
    public void StartProbe(DateTimeOffset scheduledAt)
    {
        var now = DateTimeOffset.UtcNow;
        if ((now - scheduledAt).TotalMilliseconds > LateProbeMilliseconds)
        {
            Volatile.Write(ref _lateProbe, now.UtcTicks);
        }
    }

    /// <summary>Notes that executions have ended.</summary>
    public void End(int executions = 1)
    {
        Interlocked.Add(ref _ended, executions);
        Volatile.Write(ref _lastEnded, DateTimeOffset.UtcNow.UtcTicks);
    }

    /// <summary>The present state.</summary>
    /// <param name="waiting">Runs that wait for a slot.</param>
    /// <param name="withLags">Whether the lags since the last such mark are wanted.</param>
    public WorkerMark Mark(int waiting, bool withLags)
    {
        return new WorkerMark
        {
            Executions = Volatile.Read(ref _ended),
            LastEndedAt = new DateTimeOffset(Volatile.Read(ref _lastEnded), TimeSpan.Zero),
            AllocatedBytes = GC.GetTotalAllocatedBytes(),
            GarbagePauses = GC.GetTotalPauseDuration(),
            Waiting = waiting,
            LateProbeAt = Volatile.Read(ref _lateProbe) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
            Lags = withLags ? TakeLags() : [],
        };
    }

    private byte[] TakeLags()
    {
        var from = _taken;
        _taken = Math.Min(Volatile.Read(ref _started), Capacity);
        return MemoryMarshal.AsBytes(_lags.AsSpan((int)from, (int)(_taken - from))).ToArray();
    }
}
