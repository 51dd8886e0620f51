namespace Carillon.Benchmarks.Workers;

/// <summary>Counts executions and keeps the newest raw start lags, 4 million, and those of probes apart.</summary>
internal sealed class ExecutionRecorder(ExecutionTrace? trace)
{
    private const float LateProbeMilliseconds = 100;

    private readonly LagLog _lags = new(1 << 22);
    private readonly LagLog _probeLags = new(1 << 16);
    private long _ended;
    private long _lastEnded;
    private long _lateProbe;

    /// <summary>Where single runs are noted; null for nowhere.</summary>
    public ExecutionTrace? Trace { get; } = trace;

    /// <summary>Notes a start, at the first line of the job's own code.</summary>
    public void Start(DateTimeOffset scheduledAt)
    {
        _lags.Note(DateTimeOffset.UtcNow, scheduledAt);
    }

    /// <summary>Notes the start of a probe.</summary>
    public void StartProbe(DateTimeOffset scheduledAt)
    {
        var now = DateTimeOffset.UtcNow;
        if (_probeLags.Note(now, scheduledAt) > LateProbeMilliseconds)
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
            Lags = withLags ? _lags.Take() : [],
            ProbeLags = withLags ? _probeLags.Take() : [],
        };
    }
}
