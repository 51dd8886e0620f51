namespace Carillon.Scheduling;

/// <summary>Decides which executions give way to a newer one under <c>overlap = cancel-previous</c>. Pure.</summary>
internal static class Replacement
{
    /// <summary>
    /// The open attempts that something newer replaces. The newest of what is due and has not started stays, be it the
    /// next occurrence of the schedule or a trigger; everything else that is due or has started gives way to it.
    /// </summary>
    /// <param name="open">What is open of the job.</param>
    /// <param name="undecided">The first undecided occurrence of the schedule: newer than all that is open, or not due.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<OpenAttempt> Replaced(IReadOnlyList<OpenAttempt> open, DateTimeOffset? undecided, DateTimeOffset now)
    {
        OpenAttempt? newest = null;
        if (!(undecided <= now))
        {
            foreach (var attempt in open)
            {
                newest = attempt.IsNew && attempt.Row.DueAt <= now && !IsNewer(newest, attempt) ? attempt : newest;
            }

            if (newest is null)
            {
                return [];
            }
        }

        List<OpenAttempt>? replaced = null;
        foreach (var attempt in open)
        {
            if (attempt != newest && IsInTheWay(attempt, now))
            {
                (replaced ??= []).Add(attempt);
            }
        }

        return replaced ?? (IReadOnlyList<OpenAttempt>)[];
    }

    private static bool IsInTheWay(OpenAttempt attempt, DateTimeOffset now)
    {
        return attempt.Phase is AttemptPhase.Waiting or AttemptPhase.Queued or AttemptPhase.Running
            && attempt.CancelReason is null
            && (!attempt.IsNew || attempt.Row.DueAt <= now);
    }

    private static bool IsNewer(OpenAttempt? one, OpenAttempt other)
    {
        return one is not null
            && (one.Row.DueAt, one.Row.Key.ScheduledAt).CompareTo((other.Row.DueAt, other.Row.Key.ScheduledAt)) > 0;
    }
}
