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
        var starts = recovery.Starts.ToLookup(s => s.JobId, StringComparer.Ordinal);
        var ends = recovery.Events.Where(static e => e.Write is FinishAttempt)
            .ToLookup(static e => e.Write.JobId, static e => e.At, StringComparer.Ordinal);
        var histories = recovery.Snapshots.Select(s => (s.JobId, s.CreatedNo)).ToHashSet();
        return recovery.Jobs.Select(job => histories.Contains((job.Id, job.CreatedNo))
            ? new JobStart(
                job,
                Memory(job, planned, [.. keys[job.Id]], [.. ends[job.Id], .. starts[job.Id].Select(static s => s.EndedAt)]) with
                {
                    Starts = Starts(job, starts[job.Id].Select(static s => s.At), open[job.Id]),
                },
                [.. open[job.Id]])
            : new JobStart(job, Memory: null, [.. open[job.Id]]));
    }

    /// <summary>The ends of attempts whose job is gone; they cannot run and must not stay open.</summary>
    public static IReadOnlyList<ShardWrite> Orphans(ShardRecovery recovery)
    {
        var jobs = recovery.Jobs.Select(j => j.Id).ToHashSet(StringComparer.Ordinal);
        var result = AttemptResults.Cancelled(CancelReasons.Deleted);
        return [.. recovery.Open.Where(a => !jobs.Contains(a.Key.JobId)).Select(a => new FinishAttempt(a.Key, result, a.StartedNo is not null))];
    }

    private static IReadOnlyList<DateTimeOffset> Starts(Job job, IEnumerable<DateTimeOffset> ended, IEnumerable<Attempt> open)
    {
        return job.Definition.StartLimit is null ? [] : [.. ended, .. open.Select(static a => a.StartedAt).OfType<DateTimeOffset>()];
    }

    private static JobMemory Memory(
        Job job,
        Dictionary<string, DateTimeOffset> planned,
        TriggerKey[] keys,
        IEnumerable<DateTimeOffset> ends)
    {
        var recorded = planned.GetValueOrDefault(job.Id, DateTimeOffset.MinValue);
        return new JobMemory
        {
            PlannedThrough = recorded > job.ScheduledFrom ? recorded : job.ScheduledFrom,
            HasHistory = true,
            LastEnd = ends.Max(static end => (DateTimeOffset?)end),
            Keys = keys,
        };
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
