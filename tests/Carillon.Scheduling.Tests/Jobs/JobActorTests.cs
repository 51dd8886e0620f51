using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class JobActorTests
{
    private readonly Recorder<JobReply> _caller = new();

    [Fact]
    public async Task Due_occurrence_is_handed_out_only_after_its_start_is_committed()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Advance(seconds: 10);
        world.Tell(Wake.Instance);
        world.GrantOne();

        var append = Assert.Single(world.Sent());
        var planned = Assert.IsType<PlanAttempt>(Assert.Single(append.Writes)).Attempt;
        Assert.Equal((Sample.At(10), Sample.At(10)), (planned.Key.ScheduledAt, planned.StartedAt));
        Assert.Empty(world.Worker.Take<RunAttempt>());

        world.Commit(append);
        Assert.Equal(planned.Key, Assert.Single(world.Worker.Take<RunAttempt>()).Attempt.Key);
    }

    [Fact]
    public async Task Worker_of_the_same_node_is_asked_again_for_what_it_runs_and_gets_again_what_it_has_refused()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        var attempt = StartTriggered(world);
        world.Advance(seconds: 4);
        world.Tell(Wake.Instance);
        Assert.Empty(world.Worker.Take<FindAttempt>());

        world.Advance(seconds: 1);
        world.Tell(Wake.Instance);
        Assert.Equal(attempt.Key, Assert.Single(world.Worker.Take<FindAttempt>()).Key);
        world.Tell(new AttemptUnknown(attempt.Key, JobWorld.Node));
        world.GrantOne();

        Assert.Equal(attempt.Key, Assert.Single(world.Worker.Take<RunAttempt>()).Attempt.Key);
    }

    [Fact]
    public async Task Trigger_is_answered_only_after_its_commit()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: null));
        Assert.Empty(_caller.Take<JobReply>());

        var planned = Assert.IsType<PlanAttempt>(Assert.Single(world.CommitOne())).Attempt;

        var reply = Assert.Single(_caller.Take<JobReply>());
        Assert.Equal((JobReplyStatus.Done, planned.Key.ExecutionId), (reply.Status, reply.ExecutionId));
    }

    [Fact]
    public async Task Second_trigger_with_the_same_key_finds_the_first_execution()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: "k"));
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: "k")); // while the first is on its way
        world.CommitOne();
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: "k"));

        var replies = _caller.Take<JobReply>();
        Assert.Equal(3, replies.Count);
        Assert.Single(replies.Select(r => r.ExecutionId).Distinct());
    }

    [Fact]
    public async Task Delay_is_counted_from_the_committed_end()
    {
        await using var world = new JobWorld(Sample.TenSecondsAfterEnd());
        world.Advance(seconds: 10);
        world.Tell(Wake.Instance);
        world.GrantOne();
        var planned = Assert.IsType<PlanAttempt>(Assert.Single(world.CommitOne())).Attempt;
        world.Shard.Take<WakeWish>();

        world.Advance(seconds: 25);
        world.Tell(Wake.Instance);
        Assert.Equal((Sample.At(40), null), Wish(world)); // to ask for what runs, and not for an occurrence

        world.Tell(new AttemptEnded(planned.Key, new AttemptResult { Outcome = Outcome.Succeeded }));
        world.CommitOne();

        Assert.Equal((Sample.At(45), Sample.At(45)), Wish(world));
    }

    [Fact]
    public async Task Failed_attempt_and_its_retry_are_recorded_together()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds(d => d with { Retry = new RetryPolicy { Attempts = 1 } }));
        var attempt = StartTriggered(world);

        world.Tell(new AttemptEnded(attempt.Key, new AttemptResult { Outcome = Outcome.Failed, DurationMicroseconds = 5 }));

        Assert.Collection(
            world.CommitOne(),
            finish => Assert.False(Assert.IsType<FinishAttempt>(finish).Result.Final),
            retry => Assert.Equal((attempt.Key with { Attempt = 2 }, Sample.At(1)), Of(Assert.IsType<PlanAttempt>(retry))));
        Assert.Equal(attempt.Key, Assert.Single(world.Worker.Take<AttemptRecorded>()).Key);
    }

    [Fact]
    public async Task Result_that_comes_while_the_job_is_removed_is_not_a_second_end()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        var attempt = StartTriggered(world);

        world.Tell(new RemoveJob(Sample.JobId, _caller));
        var removal = Assert.Single(world.Sent());
        world.Tell(new AttemptEnded(attempt.Key, new AttemptResult { Outcome = Outcome.Succeeded, DurationMicroseconds = 5 }));

        Assert.Empty(world.Sent());
        Assert.Equal(new AttemptResult { Outcome = Outcome.Cancelled, Reason = "deleted" }, removal.Writes.OfType<FinishAttempt>().Single().Result);
        Assert.IsType<DeleteJob>(removal.Writes[^1]);

        world.Commit(removal);
        Assert.Equal(JobReplyStatus.Done, Assert.Single(_caller.Take<JobReply>()).Status);
        Assert.Equal(attempt.Key, Assert.Single(world.Worker.Take<AttemptRecorded>()).Key);
    }

    [Fact]
    public async Task Cancelled_execution_that_waits_ends_without_a_start()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: null));
        var key = Assert.IsType<PlanAttempt>(Assert.Single(world.CommitOne())).Attempt.Key;
        _caller.Take<JobReply>();

        world.Tell(Cancel(key));
        Assert.Empty(_caller.Take<JobReply>());
        var finish = Assert.IsType<FinishAttempt>(Assert.Single(world.CommitOne()));

        Assert.Equal((key, false, Outcome.Cancelled, "why"), (finish.Key, finish.HadStarted, finish.Result.Outcome, finish.Result.Reason));
        Assert.Equal(JobReplyStatus.Done, Assert.Single(_caller.Take<JobReply>()).Status);
        world.GrantOne();
        Assert.Single(world.Worker.Take<ReturnSlot>()); // the slot that it had asked for
    }

    [Theory]
    [InlineData(Outcome.Failed, Outcome.Cancelled)]
    [InlineData(Outcome.TimedOut, Outcome.Cancelled)]
    [InlineData(Outcome.Succeeded, Outcome.Succeeded)]
    public async Task Cancelled_execution_that_runs_is_told_and_no_attempt_follows(Outcome ended, Outcome recorded)
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds(d => d with { Retry = new RetryPolicy { Attempts = 5 } }));
        var attempt = StartTriggered(world);

        world.Tell(Cancel(attempt.Key));
        Assert.Equal(new CancelAttempt(attempt.Key, "why"), Assert.Single(world.Worker.Take<CancelAttempt>()));
        Assert.Equal(JobReplyStatus.Done, Assert.Single(_caller.Take<JobReply>()).Status);
        world.Tell(new AttemptEnded(attempt.Key, new AttemptResult { Outcome = ended, DurationMicroseconds = 5 }));

        var result = Assert.IsType<FinishAttempt>(Assert.Single(world.CommitOne())).Result;
        Assert.Equal((recorded, true), (result.Outcome, result.Final));
    }

    [Fact]
    public async Task Execution_that_is_cancelled_while_its_start_is_recorded_is_never_handed_out()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: null));
        var key = Assert.IsType<PlanAttempt>(Assert.Single(world.CommitOne())).Attempt.Key;
        world.GrantOne();
        var start = Assert.Single(world.Sent());

        world.Tell(Cancel(key));
        world.Commit(start);

        Assert.Single(world.Worker.Take<ReturnSlot>());
        var finish = Assert.IsType<FinishAttempt>(Assert.Single(world.CommitOne()));
        Assert.Equal((true, Outcome.Cancelled), (finish.HadStarted, finish.Result.Outcome));
        Assert.Empty(world.Worker.Take<RunAttempt>());
    }

    [Fact]
    public async Task Retry_that_is_being_planned_when_its_execution_is_cancelled_ends_at_once()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds(d => d with { Retry = new RetryPolicy { Attempts = 5 } }));
        var attempt = StartTriggered(world);
        world.Tell(new AttemptEnded(attempt.Key, new AttemptResult { Outcome = Outcome.Failed, DurationMicroseconds = 5 }));
        var end = Assert.Single(world.Sent());

        world.Tell(Cancel(attempt.Key));
        world.Commit(end);

        var finish = Assert.IsType<FinishAttempt>(Assert.Single(world.CommitOne()));
        Assert.Equal((2, false, Outcome.Cancelled, true), (finish.Key.Attempt, finish.HadStarted, finish.Result.Outcome, finish.Result.Final));
    }

    [Fact]
    public async Task Execution_that_is_not_open_cannot_be_cancelled()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());

        world.Tell(Cancel(new AttemptKey(Sample.JobId, Sample.At(1), 1)));

        Assert.Equal(JobReplyStatus.Conflict, Assert.Single(_caller.Take<JobReply>()).Status);
        Assert.Empty(world.Sent());
    }

    [Fact]
    public async Task Run_whose_start_was_still_being_recorded_when_the_next_one_fell_due_is_replaced_too()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds(d => d with { Overlap = OverlapPolicy.CancelPrevious }));
        world.Advance(seconds: 10);
        world.Tell(Wake.Instance);
        world.GrantOne();
        var start = Assert.Single(world.Sent());
        world.Advance(seconds: 10);
        world.Tell(Wake.Instance);

        world.Commit(start);

        Assert.Equal(CancelReasons.Replaced, Assert.Single(world.Worker.Take<CancelAttempt>()).Reason);
    }

    [Fact]
    public async Task Removal_waits_no_longer_than_for_the_refusal_of_a_trigger()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: null));
        world.Tell(new RemoveJob(Sample.JobId, _caller));

        world.RefuseOne();

        Assert.IsType<DeleteJob>(Assert.Single(world.CommitOne()));
        Assert.Equal([JobReplyStatus.Refused, JobReplyStatus.Done], _caller.Take<JobReply>().Select(r => r.Status));
    }

    [Fact]
    public async Task Job_is_not_changed_before_its_node_may_decide_about_what_fell_due()
    {
        var job = Sample.EveryTenSeconds(d => d with { Misfire = MisfirePolicy.Skip, Grace = TimeSpan.Zero });
        await using var world = new JobWorld(job);
        world.Gate.HoldsLease = false;
        world.Advance(seconds: 25);
        world.Tell(new PutJob(Sample.JobId, _caller, job.Definition with { Enabled = false }, JobSource.Api, PutMode.Update));
        Assert.Empty(world.Sent());

        world.Gate.HoldsLease = true;
        world.Tell(Wake.Instance);

        var appends = world.Sent();
        Assert.Equal(2, Assert.IsType<SaveOccurrenceRun>(Assert.Single(appends[0].Writes)).Run.Count);
        Assert.IsType<SaveJob>(Assert.Single(appends[1].Writes));
    }

    [Fact]
    public async Task Paused_job_rests_once_its_stretch_is_recorded()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds());
        world.Tell(new PauseJob(Sample.JobId, _caller, "why", "anna", Until: null));
        world.CommitOne();
        world.Advance(seconds: 700);
        world.Tell(Wake.Instance);
        Assert.Null(world.Shard.Take<WakeWish>()[^1].Rest);

        Assert.IsType<SaveOccurrenceRun>(Assert.Single(world.CommitOne()));

        Assert.NotNull(world.Shard.Take<WakeWish>()[^1].Rest);
    }

    [Fact]
    public async Task Trigger_with_a_known_key_lets_its_job_rest()
    {
        await using var world = new JobWorld(Sample.EveryTenSeconds(d => d with { Schedule = new ScheduleSpec() }));
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: "k"));
        var key = world.CommitOne().OfType<PlanAttempt>().Single().Attempt.Key;
        world.Tell(Cancel(key));
        world.CommitOne();
        world.Shard.Take<object>();

        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: "k"));

        Assert.NotNull(Assert.Single(world.Shard.Take<WakeWish>()).Rest);
    }

    [Fact]
    public async Task Occurrence_at_the_end_of_time_is_no_trouble_while_it_could_not_run()
    {
        var last = new ScheduleSpec { At = DateTimeOffset.MaxValue };
        await using var world = new JobWorld(Sample.EveryTenSeconds(d => d with { Schedule = last }));

        StartTriggered(world);

        Assert.NotNull(world.Shard.Take<WakeWish>()[^1].WakeAt);
    }

    private CancelExecution Cancel(AttemptKey key)
    {
        return new CancelExecution(Sample.JobId, _caller, key.ScheduledAt, "why");
    }

    private static (AttemptKey Key, DateTimeOffset DueAt) Of(PlanAttempt plan)
    {
        return (plan.Attempt.Key, plan.Attempt.DueAt);
    }

    private Attempt StartTriggered(JobWorld world)
    {
        world.Tell(new TriggerJob(Sample.JobId, _caller, Payload: null, IdempotencyKey: null));
        world.CommitOne();
        world.GrantOne();
        world.CommitOne();
        _caller.Take<JobReply>();
        return Assert.Single(world.Worker.Take<RunAttempt>()).Attempt;
    }

    private static (DateTimeOffset? WakeAt, DateTimeOffset? NextRunAt) Wish(JobWorld world)
    {
        var wish = world.Shard.Take<WakeWish>()[^1];
        return (wish.WakeAt, wish.At);
    }
}
