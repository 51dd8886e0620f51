namespace Carillon.Model;

/// <summary>
/// One attempt of one occurrence, as its row in the store says. The three numbers are the owner's own counter of the
/// shard at the moment the row was planned, started and finished; a missing number means it has not happened.
/// </summary>
public sealed record Attempt
{
    // Ticks, 0 for none: every start makes a row, and as instants these would be half of it.
    private readonly long _dueTicks;
    private readonly long _firstStartedTicks;
    private readonly long _startedTicks;
    private readonly long _finishedTicks;

    /// <summary>What names it.</summary>
    public required AttemptKey Key { get; init; }

    /// <summary>The shard of its job.</summary>
    public required int Shard { get; init; }

    /// <summary>What made the occurrence.</summary>
    public TriggerKind Trigger { get; init; }

    /// <summary>When this attempt was to start: the occurrence's time, or for a retry the end of its wait.</summary>
    public required DateTimeOffset DueAt
    {
        get => new(_dueTicks, TimeSpan.Zero);
        init => _dueTicks = value.UtcTicks;
    }

    /// <summary>How many attempts before this one ended because their node died or gave them up.</summary>
    public int Losses { get; init; }

    /// <summary>When the first attempt of the execution started, or null where this is the first one.</summary>
    public DateTimeOffset? FirstStartedAt
    {
        get => Instant.OfTicks(_firstStartedTicks);
        init => _firstStartedTicks = Instant.TicksOf(value);
    }

    /// <summary>The trigger's own payload, or null for the job's. JSON text.</summary>
    public string? Payload { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the span that triggered the execution, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The shard's number when the row was written first.</summary>
    public long PlannedNo { get; init; }

    /// <summary>The shard's number when it started, or null. Equal to <see cref="PlannedNo"/> where it was planned and started at once.</summary>
    public long? StartedNo { get; init; }

    /// <summary>The shard's number when it finished, or null while it is open.</summary>
    public long? FinishedNo { get; init; }

    /// <summary>The epoch of the shard under which it started; 0 before.</summary>
    public long Epoch { get; init; }

    /// <summary>The incarnation of the node that runs it, or null before it started.</summary>
    public Guid? Node { get; init; }

    /// <summary>When its start was recorded, or null.</summary>
    public DateTimeOffset? StartedAt
    {
        get => Instant.OfTicks(_startedTicks);
        init => _startedTicks = Instant.TicksOf(value);
    }

    /// <summary>The longest of its waits before it started.</summary>
    public WaitCause WaitCause { get; init; }

    /// <summary>When its end was recorded: stamped by the owner, growing within a shard.</summary>
    public DateTimeOffset? FinishedAt
    {
        get => Instant.OfTicks(_finishedTicks);
        init => _finishedTicks = Instant.TicksOf(value);
    }

    /// <summary>How it ended, or null while it is open.</summary>
    public AttemptResult? Result { get; init; }

    /// <summary>Where it stands.</summary>
    public AttemptState State => this switch
    {
        { FinishedNo: not null } => AttemptState.Finished,
        { StartedNo: not null } => AttemptState.Started,
        _ => AttemptState.Waiting,
    };

    /// <summary>When the execution started, or null when it has not.</summary>
    public DateTimeOffset? ExecutionStartedAt => FirstStartedAt ?? StartedAt;

    /// <summary>Grows with every start of the job: the epoch in the upper bits, the shard's number in the lower 40.</summary>
    public long FencingToken => TokenOf(Epoch, StartedNo ?? 0);

    /// <summary>The <see cref="FencingToken"/> of a start.</summary>
    /// <param name="epoch">The shard's epoch.</param>
    /// <param name="startedNo">The shard's number of the start.</param>
    public static long TokenOf(long epoch, long startedNo)
    {
        return (epoch << 40) | startedNo;
    }
}
