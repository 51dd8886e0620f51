using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Decides what follows the end of an attempt: the final outcome of the execution, or another attempt. Pure.</summary>
public static class FollowUp
{
    /// <summary>How often an execution is run again because its node died; after that it is lost.</summary>
    public const int MaxLosses = 5;

    /// <summary>Decides.</summary>
    /// <param name="job">The job's definition.</param>
    /// <param name="attempt">The attempt that ended.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="now">The present.</param>
    /// <param name="chance">A number in [0, 1), for random waits.</param>
    /// <returns>The result to record, and the attempt to record with it, waiting; null when the execution has ended.</returns>
    public static (AttemptResult Result, Attempt? Next) Decide(
        JobDefinition job, Attempt attempt, AttemptResult result, DateTimeOffset now, double chance)
    {
        TimeSpan? wait = result.Outcome switch
        {
            Outcome.Failed or Outcome.TimedOut when attempt.Key.Attempt <= job.Retry.Attempts => job.Retry.WaitBefore(attempt.Key.Attempt + 1, chance),
            Outcome.Lost when IsRunAgain(job, attempt) => TimeSpan.Zero,
            _ => null,
        };
        if (wait is not { } delay)
        {
            return (result with { Final = true }, null);
        }

        var next = new Attempt
        {
            Key = attempt.Key with { Attempt = attempt.Key.Attempt + 1 },
            Shard = attempt.Shard,
            Trigger = attempt.Trigger,
            DueAt = Instant.Truncate(now + delay),
            Payload = attempt.Payload,
        };
        return (result with { Final = false }, next);
    }

    private static bool IsRunAgain(JobDefinition job, Attempt attempt)
    {
        return job.Guarantee == Guarantee.AtLeastOnce && attempt.Key.Attempt < 1 + job.Retry.Attempts + MaxLosses;
    }
}
