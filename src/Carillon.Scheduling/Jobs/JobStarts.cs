using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Works out from the recovered rows where each job of a shard goes on. Pure.</summary>
internal static class JobStarts
{
    /// <summary>A start for every job.</summary>
    public static IEnumerable<JobStart> From(ShardRecovery recovery)
    {
        var planned = PlannedThrough(recovery);
        var open = recovery.Open.ToLookup(a => a.Key.JobId, StringComparer.Ordinal);
        var keys = recovery.TriggerKeys.ToLookup(k => k.JobId, StringComparer.Ordinal);
        var ends = recovery.Events.Where(static e => e.Write is FinishAttempt)
            .ToLookup(static e => e.Write.JobId, static e => e.At, StringComparer.Ordinal);
        return recovery.Jobs.Select(job =>
        {
            var recorded = planned.GetValueOrDefault(job.Id, DateTimeOffset.MinValue);
            var through = recorded > job.ScheduledFrom ? recorded : job.ScheduledFrom;
            DateTimeOffset? lastEnd = ends.Contains(job.Id) ? ends[job.Id].Last() : null;
            return new JobStart(job, through, [.. open[job.Id]], [.. keys[job.Id]], lastEnd);
        });
    }

    /// <summary>The ends of attempts whose job is gone; they cannot run and must not stay open.</summary>
    public static IReadOnlyList<ShardWrite> Orphans(ShardRecovery recovery)
    {
        var jobs = recovery.Jobs.Select(j => j.Id).ToHashSet(StringComparer.Ordinal);
        var result = AttemptResults.Cancelled(CancelReasons.Deleted);
        return [.. recovery.Open.Where(a => !jobs.Contains(a.Key.JobId)).Select(a => new FinishAttempt(a.Key, result, a.StartedNo is not null))];
    }

    private static Dictionary<string, DateTimeOffset> PlannedThrough(ShardRecovery recovery)
    {
        var planned = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var snapshot in recovery.Snapshots)
        {
            if (snapshot.PlannedThrough is { } through)
            {
                planned[snapshot.JobId] = through;
            }
        }

        foreach (var shardEvent in recovery.Events)
        {
            if (ScheduledOccurrence(shardEvent.Write) is { } occurrence && occurrence > planned.GetValueOrDefault(shardEvent.Write.JobId))
            {
                planned[shardEvent.Write.JobId] = occurrence;
            }
        }

        return planned;
    }

    private static DateTimeOffset? ScheduledOccurrence(ShardWrite write)
    {
        return write switch
        {
            PlanAttempt { Attempt: { Trigger: TriggerKind.Schedule } attempt } => attempt.Key.ScheduledAt,
            SaveOccurrenceRun save => save.Run.To,
            _ => null,
        };
    }
}
