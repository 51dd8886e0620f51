using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The books of a job, of a shard or of the cluster. At every moment <c>Planned = Outcomes.Total + Open</c>.
/// </summary>
public readonly record struct ExecutionCounts
{
    /// <summary>Occurrences that fell due or were triggered, run or not.</summary>
    public long Planned { get; init; }

    /// <summary>How the occurrences that have ended did so.</summary>
    public OutcomeCounts Outcomes { get; init; }

    /// <summary>Executions without an outcome yet: waiting, running, or between two attempts.</summary>
    public long Open { get; init; }

    /// <summary>Attempts that have started and not finished; at most <see cref="Open"/>.</summary>
    public long Running { get; init; }

    /// <summary>Started attempts beyond the first of their execution.</summary>
    public long Retries { get; init; }

    /// <summary>Finished attempts that have a duration.</summary>
    public long Durations { get; init; }

    /// <summary>The sum of all durations, in microseconds.</summary>
    public long DurationMicroseconds { get; init; }

    /// <summary>
    /// The mean duration in microseconds, 0 without one. The divisor is the number of durations, not
    /// <see cref="OutcomeCounts.TotalRuns"/>: an execution with retries has one duration for each attempt.
    /// </summary>
    public double AverageMicroseconds => Durations == 0 ? 0 : (double)DurationMicroseconds / Durations;

    /// <summary>
    /// Whether a fact about an attempt can belong to these books: what starts must wait, what ends must be open. A fact
    /// that cannot is about an earlier job of the same id, deleted while its execution was open.
    /// </summary>
    public bool Allows(ShardWrite write)
    {
        return write switch
        {
            PlanAttempt { Attempt.Key.Attempt: 1 } => true,
            FinishAttempt { HadStarted: true } => Running > 0,
            _ => Open > Running,
        };
    }

    /// <summary>The books after a fact about an attempt; unchanged by any other fact.</summary>
    public ExecutionCounts After(ShardWrite write)
    {
        return write switch
        {
            PlanAttempt { Attempt: var attempt } => Plan(attempt.Key.Attempt, attempt.StartedAt is not null),
            StartAttempt { Key.Attempt: var attempt } => Start(attempt),
            FinishAttempt finish => Finish(finish),
            _ => this,
        };
    }

    /// <summary>
    /// The books after <paramref name="count"/> more occurrences that ended as <paramref name="outcome"/> without
    /// running.
    /// </summary>
    public ExecutionCounts AfterRun(Outcome outcome, long count)
    {
        return this with { Planned = Planned + count, Outcomes = Outcomes.Plus(outcome, count) };
    }

    /// <summary>The books at the beginning of a new generation: what is open counts as planned, nothing else.</summary>
    public ExecutionCounts Reset()
    {
        return new ExecutionCounts { Planned = Open, Open = Open, Running = Running };
    }

    /// <summary>The sum of two books.</summary>
    public static ExecutionCounts operator +(ExecutionCounts left, ExecutionCounts right)
    {
        return new ExecutionCounts
        {
            Planned = left.Planned + right.Planned,
            Outcomes = left.Outcomes + right.Outcomes,
            Open = left.Open + right.Open,
            Running = left.Running + right.Running,
            Retries = left.Retries + right.Retries,
            Durations = left.Durations + right.Durations,
            DurationMicroseconds = left.DurationMicroseconds + right.DurationMicroseconds,
        };
    }

    /// <summary>
    /// The duration that a finished attempt adds to the statistics: null when it never ran, and never negative, so that
    /// a worker's faulty clock cannot make a sum fall.
    /// </summary>
    public static long? DurationOf(FinishAttempt finish)
    {
        return finish is { HadStarted: true, Result.DurationMicroseconds: { } duration } ? Math.Max(0, duration) : null;
    }

    private ExecutionCounts Plan(int attempt, bool starts)
    {
        var planned = attempt == 1 ? this with { Planned = Planned + 1, Open = Open + 1 } : this;
        return starts ? planned.Start(attempt) : planned;
    }

    private ExecutionCounts Start(int attempt)
    {
        return this with { Running = Running + 1, Retries = attempt > 1 ? Retries + 1 : Retries };
    }

    private ExecutionCounts Finish(FinishAttempt finish)
    {
        var counts = this;
        if (finish.HadStarted)
        {
            counts = counts with { Running = Running - 1 };
        }

        if (DurationOf(finish) is { } duration)
        {
            counts = counts with
            {
                Durations = Durations + 1,
                DurationMicroseconds = DurationMicroseconds + duration,
            };
        }

        return finish.Result.Final
            ? counts with { Open = Open - 1, Outcomes = Outcomes.Plus(finish.Result.Outcome) }
            : counts;
    }
}
