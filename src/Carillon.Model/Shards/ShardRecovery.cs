namespace Carillon.Model;

/// <summary>All that an owner needs from the store to go on with a shard.</summary>
public sealed record ShardRecovery
{
    /// <summary>The shard and the term of its new owner.</summary>
    public required ShardTerm Term { get; init; }

    /// <summary>Every job of the shard.</summary>
    public IReadOnlyList<Job> Jobs { get; init; } = [];

    /// <summary>Every attempt that has not finished, with or without a job.</summary>
    public IReadOnlyList<Attempt> Open { get; init; } = [];

    /// <summary>The histories, one for each job that has any.</summary>
    public IReadOnlyList<HistorySnapshot> Snapshots { get; init; } = [];

    /// <summary>
    /// The facts that lie behind each job's snapshot, in the order of their numbers: attempts planned, started and
    /// finished, and stretches of occurrences that did not run.
    /// </summary>
    public IReadOnlyList<ShardEvent> Events { get; init; } = [];

    /// <summary>Idempotency keys that have not expired.</summary>
    public IReadOnlyList<TriggerKey> TriggerKeys { get; init; } = [];

    /// <summary>
    /// The newest starts of attempts that have ended, of jobs with a <see cref="StartLimit"/>: enough of them to hold it
    /// together with <see cref="Open"/>; and the newest one of jobs whose schedule follows their end.
    /// </summary>
    public IReadOnlyList<RecordedStart> Starts { get; init; } = [];

    /// <summary>What operations and instruments have recorded.</summary>
    public IReadOnlyList<MetricSeries> Series { get; init; } = [];

    /// <summary>How much of what each node recorded is merged.</summary>
    public IReadOnlyList<MetricSource> Sources { get; init; } = [];

    /// <summary>How far the shard has been audited; null when it never was.</summary>
    public ShardAudit? Audit { get; init; }

    /// <summary>The largest number recorded in the shard; 0 when it is new.</summary>
    public long LastNo { get; init; }
}
