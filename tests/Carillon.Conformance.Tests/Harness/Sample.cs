using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>Writes with sensible contents.</summary>
public static class Sample
{
    public static AttemptKey Key(string jobId, int seconds, int attempt = 1)
    {
        return new AttemptKey(jobId, TestTimes.At(seconds), attempt);
    }

    /// <summary>An attempt that is planned and started at once.</summary>
    public static PlanAttempt Started(AttemptKey key, Guid? node = null)
    {
        return new PlanAttempt(new Attempt
        {
            Key = key,
            Shard = ShardHash.Of(key.JobId, Owner.ShardCount),
            DueAt = key.ScheduledAt,
            StartedAt = key.ScheduledAt.AddMilliseconds(2),
            Node = node ?? Guid.Parse("7b0c5b1e-0000-4000-8000-000000000001"),
            WaitCause = WaitCause.Store,
        });
    }

    /// <summary>An attempt that waits for its due time.</summary>
    public static PlanAttempt Waiting(AttemptKey key, string? payload = null)
    {
        return new PlanAttempt(new Attempt
        {
            Key = key,
            Shard = ShardHash.Of(key.JobId, Owner.ShardCount),
            Trigger = TriggerKind.Manual,
            DueAt = key.ScheduledAt.AddSeconds(5),
            Losses = key.Attempt - 1,
            FirstStartedAt = key.Attempt > 1 ? key.ScheduledAt.AddMilliseconds(1) : null,
            Payload = payload,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });
    }

    public static StartAttempt Start(AttemptKey key)
    {
        return new StartAttempt(
            key,
            key.ScheduledAt.AddSeconds(5),
            key.ScheduledAt.AddSeconds(6),
            Guid.Parse("7b0c5b1e-0000-4000-8000-000000000002"),
            WaitCause.Queue);
    }

    public static FinishAttempt Finish(AttemptKey key, Outcome outcome = Outcome.Succeeded, bool final = true)
    {
        var result = new AttemptResult { Outcome = outcome, Final = final, DurationMicroseconds = 1_234 };
        return new FinishAttempt(key, result, HadStarted: true);
    }

    public static SaveSnapshot Snapshot(string jobId, long throughNo, params byte[] state)
    {
        return new SaveSnapshot(new HistorySnapshot(jobId, 0, throughNo, TestTimes.Noon, state));
    }

    /// <summary>Figures with every column different.</summary>
    public static SaveRollup Rollup(
        string jobId, RollupSpan span, DateTimeOffset start, long firstNo = 1, long seed = 10, string category = "billing")
    {
        return new SaveRollup(new Rollup
        {
            JobId = jobId,
            Span = span,
            Start = start,
            FirstNo = firstNo,
            ThroughNo = firstNo + seed,
            Category = category,
            Queue = "default",
            Ended = new OutcomeCounts
            {
                Succeeded = seed + 1,
                Failed = seed + 2,
                TimedOut = seed + 3,
                Cancelled = seed + 4,
                Skipped = seed + 5,
                Misfired = seed + 6,
                Lost = seed + 7,
            },
            Retries = seed + 8,
            Durations = seed + 9,
            DurationMicroseconds = seed + 10,
            State = new byte[] { 1, 2, (byte)seed },
        });
    }

    public static Job Job(string id)
    {
        return new Job
        {
            Definition = new JobDefinition { Id = id, Run = new ClassRun { Class = "noop" } },
            CreatedAt = TestTimes.Noon,
            ScheduledFrom = TestTimes.Noon,
        };
    }
}
