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
        if (Wait(job, attempt, result, chance) is not { } wait)
        {
            return (result.Final ? result : result with { Final = true }, null);
        }

        var dueAt = Instant.Truncate(now + wait);
        if (Deadline(job, attempt) <= dueAt)
        {
            return (result with { Outcome = Outcome.TimedOut, Reason = CancelReasons.TotalTimeout, Final = true }, null);
        }

        var next = new Attempt
        {
            Key = attempt.Key with { Attempt = attempt.Key.Attempt + 1 },
            Shard = attempt.Shard,
            Trigger = attempt.Trigger,
            DueAt = dueAt,
            Losses = attempt.Losses + (result.Outcome == Outcome.Lost ? 1 : 0),
            FirstStartedAt = attempt.ExecutionStartedAt,
            Payload = attempt.Payload,
            TraceParent = attempt.TraceParent,
        };
        return (result with { Final = false }, next);
    }

    /// <summary>When the execution of an attempt has taken as long as it may in all; null when it has not started, or may for ever.</summary>
    public static DateTimeOffset? Deadline(JobDefinition job, Attempt attempt)
    {
        return attempt.ExecutionStartedAt + job.TotalTimeout;
    }

    /// <summary>How long the next attempt waits, or null when none follows. Retries and losses have budgets of their own.</summary>
    private static TimeSpan? Wait(JobDefinition job, Attempt attempt, AttemptResult result, double chance)
    {
        if (result.Outcome == Outcome.Lost)
        {
            return job.Guarantee == Guarantee.AtLeastOnce && attempt.Losses < MaxLosses ? TimeSpan.Zero : null;
        }

        var retry = attempt.Key.Attempt - attempt.Losses; // the one that would follow, from 1
        var isRetried = result.Outcome is Outcome.Failed or Outcome.TimedOut
            && result.Reason is not CancelReasons.TotalTimeout
            && retry <= job.Retry.Attempts
            && job.Retry.Allows(result.Error?.Type ?? string.Empty);
        return isRetried ? job.Retry.WaitBefore(retry, chance) : null;
    }
}
