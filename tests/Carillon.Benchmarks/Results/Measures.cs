namespace Carillon.Benchmarks.Results;

/// <summary>The names of measured values. They are the rows of the tables and the keys of the JSON, with their units.</summary>
internal static class Measures
{
    public const string Rate = "executions/s";
    public const string RecordedRate = "recorded by the store, executions/s";
    public const string ProcessorPerExecution = "CPU in all, µs/execution";
    public const string WorkerCores = "CPU of the scheduler, cores";
    public const string ServerCores = "CPU of PostgreSQL, cores";
    public const string OtherCores = "CPU of other processes, cores";
    public const string AllocatedPerExecution = "allocated, bytes/execution";
    public const string GarbagePause = "paused by GC, %";
    public const string WalPerExecution = "WAL, bytes/execution";
    public const string CommitsPerExecution = "commits/execution";
    public const string RowWritesPerExecution = "rows written/execution";
    public const string LagP50 = "start lag p50, ms";
    public const string LagP95 = "start lag p95, ms";
    public const string LagP99 = "start lag p99, ms";
    public const string LagMax = "start lag max, ms";
    public const string ProbeLagP50 = "20 slower jobs, start lag p50, ms";
    public const string ProbeLagP99 = "20 slower jobs, start lag p99, ms";
    public const string SustainableRate = "sustainable, executions/s";
    public const string DemandedRate = "demanded, executions/s";
    public const string Kept = "worst 10 s / sustainable";
    public const string Waiting = "waiting for a slot";
    public const string Resident = "resident memory, MiB";
    public const string DiskFlush = "8 KiB written and flushed beside it, µs";
    public const string FlushP99 = "8 KiB written and flushed beside it p99, ms";
    public const string FlushMax = "8 KiB written and flushed beside it max, ms";
    public const string MemoryAccess = "a random read of 32 MiB beside it, ns";
    public const string Recovery = "recovered after, s";
    public const string Seconds = "after, s";
    public const string CreationRate = "made, jobs/s";
    public const string ReadyAfter = "started again and ready after, s";
    public const string ProcessorUntilReady = "CPU until ready, s";
    public const string ResidentWhenReady = "resident when ready, MiB";
    public const string ResidentPerJob = "resident, bytes/job";
    public const string OnePairRate = "one pair, one in flight, messages/s";
    public const string PipelinedRate = "one pair, 100 in flight, messages/s";
    public const string ManyPairsRate = "64 pairs, one in flight each, messages/s";
    public const string AskRate = "ask and reply, one at a time, asks/s";
    public const string ManyAsksRate = "ask and reply, 64 askers, asks/s";
    public const string LifeRate = "spawn and stop, actors/s";
    public const string AllocatedPerMessage = "allocated, bytes/message";
    public const string IdleBytes = "idle, bytes each of 1,000,000";
    public const string TimerLateP50 = "timer of 1.3 ms late by p50, ms";
    public const string TimerLateP99 = "timer of 1.3 ms late by p99, ms";
    public const string RecordNanoseconds = "one thread, ns/record";
    public const string AllocatedPerRecord = "allocated, bytes/record";
    public const string RecordRate = "8 threads, records/s";
    public const string PeriodP50 = "read and merged p50, ms";
    public const string PeriodP99 = "read and merged p99, ms";
    public const string ReadP50 = "p50, ms";
    public const string ReadMax = "max, ms";
    public const string PartitionsRead = "partitions read";
    public const string PageLines = "series";
    public const string PageSize = "page, MiB";
    public const string PageRate = "written, lines/s of one core";
    public const string PageGathering = "read and merged, CPU ms/page";
    public const string PageRendering = "written, CPU ms/page";
    public const string PageInAll = "in all, CPU ms/page";
    public const string PageAllocated = "allocated while written, bytes/page";
    public const string FoldRate = "folded, facts/s of one core";
    public const string FoldTime = "CPU ns/fact";
    public const string AllocatedPerFact = "allocated, bytes/fact";
    public const string LaneRecordRate = "figures of operations, series/s";
    public const string LaneMessageRate = "small messages one way, messages/s";
    public const string LaneTripP50 = "ask and reply, one at a time p50, µs";
    public const string LaneTripP99 = "ask and reply, one at a time p99, µs";

    public const string OfActors = "CPU of the actors, µs/execution";
    public const string OfTimers = "CPU of timers, µs/execution";
    public const string OfWriter = "CPU of the database writer, µs/execution";
    public const string OfHeartbeat = "CPU of the heartbeat, µs/execution";
    public const string OfPool = "CPU of the thread pool (code of jobs, answers of the database), µs/execution";
    public const string OfRuntime = "CPU of the runtime (compiler, background GC), µs/execution";
    public const string OfOthers = "CPU of other threads, µs/execution";
    public const string OfServer = "CPU of PostgreSQL, µs/execution";

    public const string FaultGap = "idle jobs, longest gap beyond the period, s";
    public const string FaultLate = "latest first attempt, s behind its time";
    public const string InFlight = "jobs in flight";
    public const string AgainAfter = "all in flight run again after, s";
    public const string Due = "occurrences due";
    public const string Missed = "missed";
    public const string Doubled = "doubled";
    public const string BeyondDue = "attempts recorded beyond one for each";
    public const string NotRecorded = "due and not recorded as succeeded";

    public const string PageNodesTime = "CPU of all nodes, ms";
    public const string PageServerTime = "CPU of PostgreSQL, ms";
    public const string PageWithoutOwner = "the first while an owner stands still, ms";

    /// <summary>The median of the steps at the beginning of a long run.</summary>
    public static string FirstThird(string metric)
    {
        return metric + ", median of the first third";
    }

    /// <summary>The median of the steps at its end.</summary>
    public static string LastThird(string metric)
    {
        return metric + ", median of the last third";
    }

    /// <summary>Those of the kernel that a bare mailbox has, too.</summary>
    public static readonly string[] KernelRates = [OnePairRate, PipelinedRate, ManyPairsRate, AskRate, ManyAsksRate];
}
