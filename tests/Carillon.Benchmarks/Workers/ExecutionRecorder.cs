using System.Runtime.InteropServices;

namespace Carillon.Benchmarks.Workers;

/// <summary>
/// Counts executions and keeps the newest raw start lags, 4 million. Recording takes no lock and allocates nothing.
/// </summary>
internal sealed class ExecutionRecorder
{
    private const int Capacity = 1 << 22;
    private const float LateProbeMilliseconds = 100;

    private readonly float[] _lags = new float[Capacity];
    private long _started;
    private long _taken;
    private long _ended;
    private long _lastEnded;
    private long _lateProbe;

    /// <summary>Makes a recorder.</summary>
    /// <param name="trace">Where single runs are noted; null for nowhere.</param>
    public ExecutionRecorder(ExecutionTrace? trace)
    {
        Trace = trace;
        Array.Fill(_lags, float.NaN); // resident from the beginning, so that what grows is not this
    }

    /// <summary>Where single runs are noted; null for nowhere.</summary>
    public ExecutionTrace? Trace { get; }

    /// <summary>Notes a start, at the first line of the job's own code.</summary>
    public void Start(DateTimeOffset scheduledAt)
    {
        var lag = (float)(DateTimeOffset.UtcNow - scheduledAt).TotalMilliseconds;
        _lags[(Interlocked.Increment(ref _started) - 1) % Capacity] = lag;
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
        var to = Volatile.Read(ref _started);
        var taken = new float[Math.Min(to - _taken, Capacity)];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = _lags[(to - taken.Length + i) % Capacity];
        }

        _taken = to;
        return MemoryMarshal.AsBytes(taken.AsSpan()).ToArray();
    }
}
