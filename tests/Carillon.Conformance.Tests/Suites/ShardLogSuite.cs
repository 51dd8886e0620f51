using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IShardLog.AppendAsync"/>.</summary>
public abstract class ShardLogSuite(StoreHarness harness) : StoreSuite(harness)
{
    [Fact]
    public async Task Attempt_started_at_once_has_one_number_for_both()
    {
        var owner = await Owner.ClaimAsync(Node);
        var plan = Sample.Started(Sample.Key("a", 0));

        var recorded = Assert.Single(await owner.RecordAsync(plan));

        var open = Assert.Single((await owner.LoadAsync("a")).Open);
        Assert.Equal(
            plan.Attempt with { PlannedNo = recorded.No, StartedNo = recorded.No, Epoch = recorded.Term.Epoch }, open);
        Assert.Equal(AttemptState.Started, open.State);
    }

    [Fact]
    public async Task Attempt_that_waits_starts_and_finishes_keeps_every_fact()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        var start = Sample.Start(key);
        var result = new AttemptResult
        {
            Outcome = Outcome.TimedOut,
            DurationMicroseconds = 60_000_001,
            Reason = "timeout",
            Error = new AttemptError("System.TimeoutException", "took longer than 60 s", "at Job.Run()"),
        };

        var planned = await owner.RecordAsync(Sample.Waiting(key, """{"n":1}"""));
        var waiting = Assert.Single((await owner.LoadAsync("a")).Open);
        var started = await owner.RecordAsync(start);
        var running = Assert.Single((await owner.LoadAsync("a")).Open);
        var finished = await owner.RecordAsync(new FinishAttempt(key, result, HadStarted: true));
        var execution = await Node.Jobs.FindExecutionAsync(key.ExecutionId, None);

        var expected = Sample.Waiting(key, """{"n":1}""").Attempt with { PlannedNo = planned[0].No };
        Assert.Equal(expected, waiting);
        expected = expected with
        {
            StartedNo = started[0].No,
            Epoch = started[0].Term.Epoch,
            StartedAt = start.StartedAt,
            Node = start.Node,
            WaitCause = start.WaitCause,
        };
        Assert.Equal(expected, running);
        var row = Assert.Single(execution!.Attempts);
        Assert.Equal((result.Error.Type, result.Error.Message, result.Error.Stack), (
            row.Result?.Error?.Type, row.Result?.Error?.Message, row.Result?.Error?.Stack));
        Assert.Equal(expected with { FinishedNo = finished[0].No, FinishedAt = finished[0].At, Result = result }, row);
        Assert.Empty((await owner.LoadAsync("a")).Open);
    }

    [Fact]
    public async Task Retry_is_inserted_by_the_batch_that_finishes_the_attempt_before()
    {
        var owner = await Owner.ClaimAsync(Node);
        var first = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Started(first));

        await owner.RecordAsync(
            Sample.Finish(first, Outcome.Failed, final: false), Sample.Waiting(first with { Attempt = 2 }));

        var open = Assert.Single((await owner.LoadAsync("a")).Open);
        Assert.Equal((2, 1, first.ScheduledAt.AddMilliseconds(1)), (open.Key.Attempt, open.Losses, open.FirstStartedAt));
        var execution = await Node.Jobs.FindExecutionAsync(first.ExecutionId, None);
        Assert.Equal(
            [AttemptState.Finished, AttemptState.Waiting], execution!.Attempts.Select(attempt => attempt.State));
    }

    [Fact]
    public async Task Finish_of_a_finished_attempt_changes_nothing()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Started(key));
        await owner.RecordAsync(Sample.Finish(key));

        await owner.RecordAsync(Sample.Finish(key, Outcome.Failed));
        await owner.RecordAsync(Sample.Start(key));

        var row = Assert.Single((await Node.Jobs.FindExecutionAsync(key.ExecutionId, None))!.Attempts);
        Assert.Equal((Outcome.Succeeded, 1L, 2L), (row.Result?.Outcome, row.StartedNo, row.FinishedNo));
    }

    [Fact]
    public async Task Finish_of_an_attempt_that_waits_leaves_it_unstarted()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Snapshot("a", 0), Sample.Waiting(key));

        await owner.RecordAsync(new FinishAttempt(
            key, new AttemptResult { Outcome = Outcome.Cancelled, Reason = "purged" }, HadStarted: false));
        await owner.RecordAsync(Sample.Start(key));

        var row = Assert.Single((await Node.Jobs.FindExecutionAsync(key.ExecutionId, None))!.Attempts);
        Assert.Equal((Outcome.Cancelled, null, null), (row.Result?.Outcome, row.StartedNo, row.Node));
        var finish = Assert.Single(
            (await owner.LoadAsync("a")).Events.Select(shardEvent => shardEvent.Write).OfType<FinishAttempt>());
        Assert.False(finish.HadStarted);
    }

    [Fact]
    public async Task Append_under_an_ended_term_changes_nothing_and_names_the_shard()
    {
        var old = await Owner.ClaimAsync(Node);
        await old.RecordAsync(Sample.Started(Sample.Key("a", 0)));
        var successor = await OpenAnotherNodeAsync();
        await successor.Cluster.ClaimAsync(successor.Incarnation, [old.TermOf("a")], None);

        var fenced = await old.AppendAsync(
            old.Event(Sample.Finish(Sample.Key("a", 0))),
            old.Event(Sample.Started(Sample.Key("a", 1))),
            old.Event(Sample.Waiting(Sample.Key("a", 2))),
            old.Event(new SaveJob(Sample.Job("a"))),
            old.Event(Sample.Snapshot("a", 1)),
            old.Event(new SaveTriggerKey(new TriggerKey("a", "k", TestTimes.Noon, TestTimes.FarAhead))),
            old.Event(new SaveOccurrenceRun(
                new OccurrenceRun("a", TestTimes.At(5), TestTimes.At(6), 2, Outcome.Skipped, "paused"))));

        Assert.Equal([old.TermOf("a").Shard], fenced);
        var recovery = await old.LoadAsync("a");
        Assert.Equal(Sample.Key("a", 0), Assert.Single(recovery.Open).Key);
        Assert.Empty(recovery.Jobs);
        Assert.Empty(recovery.Snapshots);
        Assert.Empty(recovery.TriggerKeys);
        Assert.Equal(1, recovery.LastNo);
    }

    [Fact]
    public async Task Append_for_a_fenced_shard_and_a_current_one_commits_the_current_one()
    {
        var old = await Owner.ClaimAsync(Node);
        var (lost, kept) = ("a", "b");
        Assert.NotEqual(old.TermOf(lost), old.TermOf(kept));
        var successor = await OpenAnotherNodeAsync();
        await successor.Cluster.ClaimAsync(successor.Incarnation, [old.TermOf(lost)], None);

        var fenced = await old.AppendAsync(
            old.Event(Sample.Started(Sample.Key(lost, 0))), old.Event(Sample.Started(Sample.Key(kept, 0))));

        Assert.Equal([old.TermOf(lost).Shard], fenced);
        Assert.Empty((await old.LoadAsync(lost)).Open);
        Assert.Single((await old.LoadAsync(kept)).Open);
    }

    [Fact]
    public async Task Append_with_the_right_epoch_by_another_incarnation_is_fenced()
    {
        var owner = await Owner.ClaimAsync(Node);
        var stranger = await OpenAnotherNodeAsync();
        var write = owner.Event(Sample.Started(Sample.Key("a", 0)));

        var fenced = await stranger.Log.AppendAsync(new AppendBatch(stranger.Incarnation, [write.Term], [write]));

        Assert.Equal([write.Term.Shard], fenced);
        Assert.Empty((await owner.LoadAsync("a")).Open);
    }

    [Fact]
    public async Task Append_after_losing_and_regaining_a_shard_passes_under_the_new_term_only()
    {
        var first = await Owner.ClaimAsync(Node);
        var late = first.Event(Sample.Started(Sample.Key("a", 0)));
        await Node.Cluster.ReleaseAsync(
            Node.Incarnation, [.. first.Terms.Select(static term => new Handover(term, Successor: null))], None);
        var second = await Owner.ClaimAsync(Node);

        Assert.Equal([late.Term.Shard], await first.AppendAsync(late));
        await second.RecordAsync(Sample.Started(Sample.Key("a", 1)));

        Assert.Equal(Sample.Key("a", 1), Assert.Single((await second.LoadAsync("a")).Open).Key);
    }

    [Fact]
    public async Task Append_of_an_attempt_recorded_before_is_rejected_with_the_whole_batch()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)));

        await Assert.ThrowsAsync<AppendRejectedException>(() => owner.AppendAsync(
            owner.Event(Sample.Started(Sample.Key("b", 7))),
            owner.Event(Sample.Finish(Sample.Key("a", 0))),
            owner.Event(Sample.Started(Sample.Key("a", 0)))));

        Assert.Single((await owner.LoadAsync("a")).Open);
        Assert.Empty((await owner.LoadAsync("b")).Open);
        await owner.RecordAsync(Sample.Started(Sample.Key("b", 8)));
        Assert.Single((await owner.LoadAsync("b")).Open);
    }

    [Fact]
    public async Task Append_of_nothing_tells_whether_the_terms_are_current()
    {
        var owner = await Owner.ClaimAsync(Node);
        var current = owner.Terms[0];

        Assert.Empty(await Node.Log.AppendAsync(new AppendBatch(Node.Incarnation, [current], [])));
        Assert.Equal(
            [current.Shard], await Node.Log.AppendAsync(
                new AppendBatch(Node.Incarnation, [current with { Epoch = 9 }], [])));
        Assert.Empty(await Node.Log.AppendAsync(new AppendBatch(Node.Incarnation, [], [])));
    }

    [Fact]
    public async Task Append_of_every_kind_at_once_is_one_batch()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(
            new SaveJob(Sample.Job("gone")), Sample.Waiting(Sample.Key("a", 0)), Sample.Started(Sample.Key("a", 1)));

        await owner.RecordAsync(
            Sample.Started(Sample.Key("a", 2)),
            Sample.Start(Sample.Key("a", 0)),
            Sample.Finish(Sample.Key("a", 1)),
            new SaveJob(Sample.Job("a")),
            new DeleteJob("gone"),
            Sample.Snapshot("a", 1, 1, 2, 3),
            new SaveTriggerKey(new TriggerKey("a", "k", TestTimes.Noon, TestTimes.FarAhead)),
            new SaveOccurrenceRun(
                new OccurrenceRun("a", TestTimes.At(5), TestTimes.At(6), 2, Outcome.Skipped, "paused")));

        var recovery = await owner.LoadAsync("a");
        Assert.Equal("a", Assert.Single(recovery.Jobs).Id);
        Assert.Equal([Sample.Key("a", 0), Sample.Key("a", 2)], recovery.Open.Select(attempt => attempt.Key).OrderBy(
            key => key.ScheduledAt));
        Assert.Single(recovery.TriggerKeys);
        Assert.Single(recovery.Snapshots);
        Assert.Single(recovery.Events.Select(shardEvent => shardEvent.Write).OfType<SaveOccurrenceRun>());
        Assert.Empty((await owner.LoadAsync("gone")).Jobs);
    }

    [Fact]
    public async Task Append_of_two_thousand_attempts_over_all_shards_records_each()
    {
        var owner = await Owner.ClaimAsync(Node);
        var keys = Enumerable.Range(0, 2_000).Select(i => Sample.Key($"job-{i % 500}", i / 500)).ToArray();

        await owner.RecordAsync([.. keys.Select(key => Sample.Started(key))]);
        await owner.RecordAsync([.. keys.Select(key => Sample.Finish(key)), .. keys.Select(
            key => Sample.Started(key with { Attempt = 2 }))]);

        var shards = await Node.Log.LoadAsync(owner.Terms, None);
        Assert.Equal(2_000, shards.Sum(shard => shard.Open.Count));
        Assert.All(shards.SelectMany(shard => shard.Open), attempt => Assert.Equal(2, attempt.Key.Attempt));
    }

    [Fact]
    public async Task Time_with_a_fraction_of_a_microsecond_finds_its_row_again()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = new AttemptKey("a", TestTimes.Noon.AddTicks(1_234_567), 1);
        Assert.NotEqual(key.ScheduledAt, Instant.Truncate(key.ScheduledAt));

        await owner.RecordAsync(Sample.Started(key));
        await owner.RecordAsync(Sample.Finish(key));

        Assert.Empty((await owner.LoadAsync("a")).Open);
        var found = await Node.Jobs.FindExecutionAsync(key.ExecutionId, None);
        Assert.Equal(Instant.Truncate(key.ScheduledAt), found?.ScheduledAt);
        Assert.Equal(TimeSpan.Zero, found?.ScheduledAt.Offset);
    }

    [Fact]
    public async Task Text_that_a_database_refuses_is_replaced()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Waiting(key, "\"nul \0 lone \uD83D end\""));

        await owner.RecordAsync(new FinishAttempt(
            key,
            new AttemptResult
            {
                Outcome = Outcome.Failed,
                Reason = "\0",
                Error = new AttemptError("T\0", "m \uDE00", "s \0"),
            },
            HadStarted: false));

        var row = Assert.Single((await Node.Jobs.FindExecutionAsync(key.ExecutionId, None))!.Attempts);
        Assert.Equal("\"nul \uFFFD lone \uFFFD end\"", row.Payload);
        Assert.Equal(("\uFFFD", "T\uFFFD", "m \uFFFD", "s \uFFFD"), (
            row.Result!.Reason, row.Result.Error!.Type, row.Result.Error.Message, row.Result.Error.Stack));
    }
}
