using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>What this library lets travel between nodes.</summary>
public static class SchedulingMessages
{
    /// <summary>What the scheduler of a shard takes from other nodes.</summary>
    public static IReadOnlyList<Type> ToShard { get; } =
    [
        typeof(CancelExecution),
        typeof(ListJobs),
        typeof(PauseJob),
        typeof(PutJob),
        typeof(ReadAudit),
        typeof(ReadJob),
        typeof(RemoveJob),
        typeof(ResumeJob),
        typeof(TriggerJob),
    ];

    /// <summary>What a <see cref="Worker"/> takes from other nodes.</summary>
    public static IReadOnlyList<Type> ToWorker { get; } =
    [
        typeof(AttemptRecorded),
        typeof(BorrowSlot),
        typeof(CancelAttempt),
        typeof(FindAttempt),
        typeof(ReadAttempts),
        typeof(ReadWorker),
        typeof(RestartWorker),
        typeof(ReturnSlot),
        typeof(RunAttempt),
        typeof(ShardTaken),
        typeof(WorkerReport),
    ];

    /// <summary>All of it.</summary>
    public static WireList Wire { get; } = new()
    {
        Types =
        [
            .. ToShard,
            .. ToWorker,
            typeof(AttemptEnded),
            typeof(AttemptUnknown),
            typeof(AuditRead),
            typeof(JobList),
            typeof(JobReply),
            typeof(LiveAttempts),
            typeof(SlotDenied),
            typeof(SlotLent),
            typeof(WorkerState),
        ],
        Bulk = [typeof(JobList), typeof(LiveAttempts)],
        Converters = [new AttemptKeysConverter(), new OutputConverter()],
    };
}
