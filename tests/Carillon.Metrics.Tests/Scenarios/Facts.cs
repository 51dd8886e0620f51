using Carillon.Model;

namespace Carillon.Metrics.Tests;

/// <summary>The committed facts of one shard, numbered as an owner numbers them, one second apart.</summary>
internal sealed class Facts
{
    public static readonly DateTimeOffset Start = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);
    public static readonly ShardTerm Term = new(3, 7);

    private readonly List<ShardEvent> _all = [];
    private int _taken;

    public ShardEvent[] All => [.. _all];

    public DateTimeOffset Now => At(_all.Count);

    public static DateTimeOffset At(double seconds)
    {
        return Start.AddSeconds(seconds);
    }

    /// <summary>The facts added since the last call.</summary>
    public ShardEvent[] Take()
    {
        ShardEvent[] taken = [.. _all[_taken..]];
        _taken = _all.Count;
        return taken;
    }

    public ShardEvent Add(ShardWrite write)
    {
        var fact = new ShardEvent(Term, _all.Count + 1, At(_all.Count + 1), write);
        _all.Add(fact);
        return fact;
    }

    public ShardEvent Save(string jobId, string? category = "billing", string? owner = "ops", string? name = null)
    {
        return Add(new SaveJob(Job(jobId, category, owner, name)));
    }

    /// <summary>A job whose figures are told together with those of others.</summary>
    public ShardEvent SaveSharing(string jobId, string? category = "billing")
    {
        return Add(new SaveJob(Job(jobId, category) with { SharesSeries = true }));
    }

    public ShardEvent Delete(string jobId)
    {
        return Add(new DeleteJob(jobId));
    }

    /// <summary>Plans an attempt that waits.</summary>
    public AttemptKey Plan(string jobId, double at, int attempt = 1, TriggerKind trigger = TriggerKind.Schedule)
    {
        var key = new AttemptKey(jobId, At(at), attempt);
        Add(new PlanAttempt(Attempt(key, trigger)));
        return key;
    }

    /// <summary>Plans an attempt and starts it at once.</summary>
    public AttemptKey Begin(
        string jobId,
        double at,
        int attempt = 1,
        double lag = 0,
        WaitCause cause = WaitCause.None,
        TriggerKind trigger = TriggerKind.Schedule)
    {
        var key = new AttemptKey(jobId, At(at), attempt);
        var startedAt = key.ScheduledAt.AddSeconds(lag);
        var attempted = Attempt(key, trigger) with { StartedAt = startedAt, WaitCause = cause, Node = Guid.Empty };
        Add(new PlanAttempt(attempted));
        return key;
    }

    public void StartWaiting(AttemptKey key, double lag = 0, WaitCause cause = WaitCause.None)
    {
        Add(new StartAttempt(key, key.ScheduledAt, key.ScheduledAt.AddSeconds(lag), Guid.Empty, cause));
    }

    public ShardEvent Finish(
        AttemptKey key,
        Outcome outcome,
        long? microseconds = null,
        bool final = true,
        bool hadStarted = true,
        string? error = null)
    {
        var result = new AttemptResult
        {
            Outcome = outcome,
            Final = final,
            DurationMicroseconds = microseconds,
            Error = error is null ? null : new AttemptError("test", error),
        };
        return Add(new FinishAttempt(key, result, hadStarted));
    }

    /// <summary>One execution from plan to outcome.</summary>
    public void Run(string jobId, double at, Outcome outcome, long? microseconds, string? error = null)
    {
        Finish(Begin(jobId, at), outcome, microseconds, error: error);
    }

    public void NotRun(string jobId, double from, double to, long count, Outcome outcome = Outcome.Skipped)
    {
        Add(new SaveOccurrenceRun(new OccurrenceRun(jobId, At(from), At(to), count, outcome, "paused")));
    }

    public static Job Job(string jobId, string? category = "billing", string? owner = "ops", string? name = null)
    {
        return new Job
        {
            Definition = new JobDefinition
            {
                Id = jobId,
                Name = name,
                Category = category,
                Owner = owner,
                Run = new ClassRun { Class = "test" },
            },
            CreatedAt = Start,
            ScheduledFrom = Start,
        };
    }

    private static Attempt Attempt(AttemptKey key, TriggerKind trigger)
    {
        return new Attempt { Key = key, Shard = Term.Shard, Trigger = trigger, DueAt = key.ScheduledAt };
    }
}
