using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Jobs;

/// <summary>The vocabulary of the job tests: times of one day, and jobs that run every so often.</summary>
internal static class Sample
{
    public const string JobId = "sync-rates";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>So many seconds after noon.</summary>
    public static DateTimeOffset At(double seconds)
    {
        return Noon + TimeSpan.FromSeconds(seconds);
    }

    /// <summary>A job of 12:00:00, 12:00:10, 12:00:20 …</summary>
    public static Job EveryTenSeconds(Func<JobDefinition, JobDefinition>? change = null)
    {
        var definition = new JobDefinition
        {
            Id = JobId,
            Schedule = new ScheduleSpec { Every = TimeSpan.FromSeconds(10), Start = Noon },
            Run = new ClassRun { Class = "SyncRates" },
        };
        return new Job { Definition = change?.Invoke(definition) ?? definition, CreatedAt = Noon, ScheduledFrom = Noon };
    }

    /// <summary>A job that is due ten seconds after each of its ends.</summary>
    public static Job TenSecondsAfterEnd(Func<JobDefinition, JobDefinition>? change = null)
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromSeconds(10), EveryFrom = EveryFrom.End };
        return EveryTenSeconds(d => change?.Invoke(d with { Schedule = schedule }) ?? d with { Schedule = schedule });
    }

    public static ISchedule Schedule(this Job job)
    {
        return ScheduleFactory.Create(job.Definition.Schedule, job.Id, job.CreatedAt);
    }

    public static Attempt Attempt(int attempt = 1)
    {
        return new Attempt { Key = new AttemptKey(JobId, Noon, attempt), Shard = 3, Trigger = TriggerKind.Schedule, DueAt = Noon, Payload = "{}" };
    }
}
