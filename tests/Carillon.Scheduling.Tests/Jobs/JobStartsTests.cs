using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class JobStartsTests
{
    private static readonly ShardTerm Term = new(3, 7);
    private static readonly Job Job = Sample.EveryTenSeconds();

    [Fact]
    public void New_job_goes_on_from_its_creation()
    {
        var start = Assert.Single(JobStarts.From(Recovery()));

        Assert.Null(start.Memory); // which is JobMemory.Of
        Assert.Equal(Job.ScheduledFrom, JobMemory.Of(start.Job).PlannedThrough);
    }

    [Fact]
    public void Job_goes_on_after_the_last_recorded_occurrence_of_its_schedule()
    {
        var start = Assert.Single(JobStarts.From(Recovery() with
        {
            Snapshots = [new HistorySnapshot(Job.Id, 0, 4, Sample.At(10), default)],
            Events =
            [
                Event(5, new PlanAttempt(Attempt(20, TriggerKind.Schedule))),
                Event(6, new SaveOccurrenceRun(new OccurrenceRun(Job.Id, Sample.At(30), Sample.At(40), 2, Outcome.Skipped, "overlap"))),
                Event(7, new PlanAttempt(Attempt(55, TriggerKind.Manual))), // not of the schedule
            ],
        }));

        Assert.Equal(Sample.At(40), start.Memory!.PlannedThrough);
    }

    [Fact]
    public void Job_knows_the_last_end_that_is_recovered()
    {
        var delayed = Sample.TenSecondsAfterEnd();
        var finish = new FinishAttempt(
            new AttemptKey(Job.Id, Sample.At(10), 1), new AttemptResult { Outcome = Outcome.Succeeded }, HadStarted: true);

        var start = Assert.Single(JobStarts.From(Recovery() with
        {
            Snapshots = [HistorySnapshot.Empty(Job)],
            Events =
            [
                new ShardEvent(Term, 5, Sample.At(12), finish),
                new ShardEvent(Term, 6, Sample.At(31), finish with { Key = finish.Key with { ScheduledAt = Sample.At(30) } }),
                new ShardEvent(Term, 7, Sample.At(50), finish with { Key = finish.Key with { JobId = "other" } }),
            ],
        }));

        Assert.Equal(Sample.At(31), start.Memory!.LastEnd);
        Assert.Equal(Sample.At(41), new ScheduledJob(delayed, start.Memory).NextUndecided(JobWorld.Context()));
    }

    [Fact]
    public void Changed_schedule_counts_from_its_change()
    {
        var changed = Job with { ScheduledFrom = Sample.At(35) };

        var start = Assert.Single(JobStarts.From(Recovery() with { Jobs = [changed], Snapshots = [new HistorySnapshot(Job.Id, 0, 4, Sample.At(10), default)] }));

        Assert.Equal(Sample.At(35), start.Memory!.PlannedThrough);
    }

    [Fact]
    public void Job_gets_its_own_attempts_and_keys()
    {
        var mine = Attempt(10, TriggerKind.Schedule);
        var other = mine with { Key = mine.Key with { JobId = "other" } };
        var key = new TriggerKey(Job.Id, "k", Sample.At(10), Sample.At(100));

        var start = Assert.Single(JobStarts.From(Recovery() with { Snapshots = [HistorySnapshot.Empty(Job)], Open = [mine, other], TriggerKeys = [key, key with { JobId = "other" }] }));

        Assert.Equal([mine], start.Open);
        Assert.Equal([key], start.Memory!.Keys);
    }

    [Fact]
    public void Attempts_of_jobs_that_are_gone_end_as_cancelled()
    {
        var started = Attempt(10, TriggerKind.Schedule) with { Key = new AttemptKey("gone", Sample.At(10), 1), StartedNo = 9 };
        var waiting = started with { Key = started.Key with { Attempt = 2 }, StartedNo = null };

        var ends = JobStarts.Orphans(Recovery() with { Open = [Attempt(10, TriggerKind.Schedule), started, waiting] });

        var cancelled = new AttemptResult { Outcome = Outcome.Cancelled, Reason = "deleted" };
        Assert.Equal([new FinishAttempt(started.Key, cancelled, HadStarted: true), new FinishAttempt(waiting.Key, cancelled, HadStarted: false)], ends);
    }

    private static ShardRecovery Recovery()
    {
        return new ShardRecovery { Term = Term, Jobs = [Job] };
    }

    private static Attempt Attempt(double seconds, TriggerKind trigger)
    {
        return Sample.Attempt() with { Key = new AttemptKey(Job.Id, Sample.At(seconds), 1), Trigger = trigger };
    }

    private static ShardEvent Event(long no, ShardWrite write)
    {
        return new ShardEvent(Term, no, Sample.Noon, write);
    }
}
