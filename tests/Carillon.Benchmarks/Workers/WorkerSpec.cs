namespace Carillon.Benchmarks.Workers;

/// <summary>What a worker process is told to run: one line of JSON on its standard input.</summary>
internal sealed record WorkerSpec
{
    /// <summary>What runs.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>The empty PostgreSQL database to use; null for SQLite.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The empty directory for a SQLite file; null for PostgreSQL.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How many such processes are one cluster.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Which of them this one is, from 0 on; the first one makes the jobs.</summary>
    public int Node { get; init; }

    /// <summary>Carillon: the port of the loopback address on which others reach this node.</summary>
    public int Port { get; init; }

    /// <summary>How the jobs behave.</summary>
    public JobShape Shape { get; init; }

    /// <summary>How many jobs there are.</summary>
    public int Jobs { get; init; }

    /// <summary>The time between two occurrences of one job.</summary>
    public TimeSpan Period { get; init; }

    /// <summary>Whether all jobs are due at the same moments; otherwise they are spread evenly over the period.</summary>
    public bool IsAligned { get; init; }

    /// <summary>How long occurrences keep falling due; null for ever.</summary>
    public TimeSpan? LoadTime { get; init; }

    /// <summary>
    /// Jobs beside the others whose occurrences, every 200 ms, go on after <see cref="LoadTime"/>: they show when a
    /// scheduler has recovered. Default: none.
    /// </summary>
    public int Probes { get; init; }

    /// <summary>
    /// Jobs beside the others that are due as often, run for <see cref="SlowTime"/> and never overlap. Default: none.
    /// </summary>
    public int SlowJobs { get; init; }

    /// <summary>How long a slow job runs.</summary>
    public static TimeSpan SlowTime { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Where the code of jobs notes its starts and ends, a file for each node; null for nowhere.</summary>
    public string? TraceDirectory { get; init; }

    /// <summary>Carillon: the slots of the worker.</summary>
    public int Slots { get; init; }

    /// <summary>Quartz: whether it records its executions in the database.</summary>
    public bool KeepsHistory { get; init; }

    /// <summary>Append and floors: executions in one flush.</summary>
    public int BatchSize { get; init; }
}
