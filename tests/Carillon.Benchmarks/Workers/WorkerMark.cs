namespace Carillon.Benchmarks.Workers;

/// <summary>What a worker process has done so far: its answer to every request.</summary>
internal sealed record WorkerMark
{
    /// <summary>Executions that ended.</summary>
    public long Executions { get; init; }

    /// <summary>When the last of them ended.</summary>
    public DateTimeOffset LastEndedAt { get; init; }

    /// <summary>Bytes allocated on the managed heap since the process started.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Time that garbage collections have stopped the process for.</summary>
    public TimeSpan GarbagePauses { get; init; }

    /// <summary>Runs that wait for a slot; 0 where the workload has no such queue.</summary>
    public int Waiting { get; init; }

    /// <summary>The last moment at which a probe started late; null when none did.</summary>
    public DateTimeOffset? LateProbeAt { get; init; }

    /// <summary>Start lags since they were last asked for, as 32-bit floats in milliseconds; empty when not asked for.</summary>
    public byte[] Lags { get; init; } = [];

    /// <summary>The same of probes.</summary>
    public byte[] ProbeLags { get; init; } = [];

    /// <summary>What several processes have done together; of pauses, which do not add up, the mean.</summary>
    public static WorkerMark Sum(WorkerMark[] marks)
    {
        return new WorkerMark
        {
            Executions = marks.Sum(static mark => mark.Executions),
            LastEndedAt = marks.Max(static mark => mark.LastEndedAt),
            AllocatedBytes = marks.Sum(static mark => mark.AllocatedBytes),
            GarbagePauses = TimeSpan.FromTicks((long)marks.Average(static mark => mark.GarbagePauses.Ticks)),
            Waiting = marks.Sum(static mark => mark.Waiting),
            LateProbeAt = marks.Max(static mark => mark.LateProbeAt),
            Lags = [.. marks.SelectMany(static mark => mark.Lags)],
            ProbeLags = [.. marks.SelectMany(static mark => mark.ProbeLags)],
        };
    }
}
