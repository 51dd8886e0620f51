using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IShardLog.LoadAsync"/>.</summary>
public abstract class RecoverySuite(StoreHarness harness) : StoreSuite(harness)
{
    [Fact]
    public async Task Load_of_new_shards_is_empty_and_claims_nothing()
    {
        var owner = await Owner.ClaimAsync(Node);
        var before = await Node.Cluster.ReadShardsAsync(None);

        var shards = await Node.Log.LoadAsync(owner.Terms, None);

        Assert.Equal(owner.Terms, shards.Select(shard => shard.Term));
        Assert.All(shards, shard => Assert.Equal((0, 0, 0, 0, 0, 0L), (
            shard.Jobs.Count, shard.Open.Count, shard.Snapshots.Count, shard.Events.Count,
            shard.TriggerKeys.Count, shard.LastNo)));
        Assert.Equal(before, await Node.Cluster.ReadShardsAsync(None));
    }

    [Fact]
    public async Task Load_gives_each_shard_what_is_its_own()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(
            new SaveJob(Sample.Job("a")), new SaveJob(Sample.Job("b")), Sample.Started(Sample.Key("b", 0)));

        var shards = await Node.Log.LoadAsync([owner.TermOf("b"), owner.TermOf("a")], None);

        Assert.Equal([owner.TermOf("b"), owner.TermOf("a")], shards.Select(shard => shard.Term));
        Assert.Equal<string>(["b", "a"], [.. shards.Select(shard => Assert.Single(shard.Jobs).Id)]);
        Assert.Equal([1, 0], shards.Select(shard => shard.Open.Count));
    }

    [Fact]
    public async Task Job_comes_back_as_it_was_saved_last()
    {
        var owner = await Owner.ClaimAsync(Node);
        var definition = FullDefinition("a");
        var saved = new Job
        {
            Definition = definition,
            CreatedAt = TestTimes.Noon,
            ScheduledFrom = TestTimes.At(30),
            Version = 7,
            Source = JobSource.Declared,
            Pause = new Pause("month end", "ada", TestTimes.At(60), TestTimes.FarAhead),
            SharesSeries = true,
        };
        await owner.RecordAsync(new SaveJob(Sample.Job("a") with { SharesSeries = true }));

        await owner.RecordAsync(new SaveJob(saved));

        var job = Assert.Single((await owner.LoadAsync("a")).Jobs);
        Assert.Equal((saved.CreatedAt, saved.Version, saved.Source, saved.Pause, saved.SharesSeries), (
            job.CreatedAt, job.Version, job.Source, job.Pause, job.SharesSeries));
        var run = Assert.IsType<HttpRun>(job.Definition.Run);
        var expectedRun = (HttpRun)definition.Run;
        Assert.Equal(expectedRun.Headers, run.Headers);
        Assert.Equal(expectedRun with { Headers = run.Headers }, run);
        Assert.Equal(definition.Tags, job.Definition.Tags);
        Assert.Equal(definition.Roles, job.Definition.Roles);
        Assert.Equal(
            definition with { Tags = job.Definition.Tags, Roles = job.Definition.Roles, Run = run }, job.Definition);
    }

    [Fact]
    public async Task Newest_starts_of_ended_attempts_come_back_where_they_are_limited()
    {
        var owner = await Owner.ClaimAsync(Node);
        var limited = Sample.Job("a");
        limited = limited with { Definition = limited.Definition with { StartLimit = new StartLimit { Starts = 2, Per = TimeSpan.FromMinutes(1) } } };
        var following = Sample.Job("c");
        var schedule = new ScheduleSpec { Every = TimeSpan.FromMinutes(1), EveryFrom = EveryFrom.End };
        following = following with { Definition = following.Definition with { Schedule = schedule } };
        await owner.RecordAsync(new SaveJob(limited), new SaveJob(Sample.Job("b")), new SaveJob(following));
        IReadOnlyList<ShardEvent> ended = [];
        for (var second = 0; second < 5; second++)
        {
            AttemptKey[] keys = [Sample.Key("a", second), Sample.Key("b", second), Sample.Key("c", second)];
            await owner.RecordAsync([.. keys.Select(static key => Sample.Started(key))]);
            ended = await owner.RecordAsync([.. keys.Select(static key => Sample.Finish(key))]);
        }

        await owner.RecordAsync(Sample.Waiting(Sample.Key("a", 9)));
        await owner.RecordAsync(Sample.Finish(Sample.Key("a", 9), Outcome.Cancelled)); // never started

        Assert.Equal(
            ((int[])[2, 3, 4]).Select(static second => TestTimes.At(second).AddMilliseconds(2)),
            (await StartsAsync("a")).Select(static start => start.At));
        Assert.Empty(await StartsAsync("b"));
        var last = Assert.Single(await StartsAsync("c"));
        Assert.Equal((TestTimes.At(4).AddMilliseconds(2), ended[^1].At), (last.At, last.EndedAt));

        async Task<RecordedStart[]> StartsAsync(string id)
        {
            var all = (await owner.LoadAsync(id)).Starts;
            return [.. all.Where(start => string.Equals(start.JobId, id, StringComparison.Ordinal)).OrderBy(static start => start.At)];
        }
    }

    [Fact]
    public async Task Job_with_defaults_comes_back_with_them()
    {
        var owner = await Owner.ClaimAsync(Node);
        var saved = Sample.Job("a");

        await owner.RecordAsync(new SaveJob(saved));

        var job = Assert.Single((await owner.LoadAsync("a")).Jobs);
        Assert.Equal(saved with { Definition = job.Definition, CreatedNo = owner.LastNo("a") }, job);
        Assert.Equal(
            saved.Definition with { Tags = job.Definition.Tags, Roles = job.Definition.Roles }, job.Definition);
    }

    [Fact]
    public async Task Changed_job_keeps_the_number_of_its_creation_and_one_made_again_has_its_own()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(new SaveJob(Sample.Job("a")));
        var created = owner.LastNo("a");
        await owner.RecordAsync(new SaveJob(Sample.Job("a") with { Version = 2 }));
        Assert.Equal(created, Assert.Single((await owner.LoadAsync("a")).Jobs).CreatedNo);

        await owner.RecordAsync(new DeleteJob("a"));
        await owner.RecordAsync(new SaveJob(Sample.Job("a")));

        var recovery = await owner.LoadAsync("a");
        Assert.Equal(owner.LastNo("a"), Assert.Single(recovery.Jobs).CreatedNo);
        Assert.Equal(owner.LastNo("a"), recovery.LastNo);
    }

    [Fact]
    public async Task Deleted_job_and_its_successor_have_a_snapshot_each_and_facts_come_once()
    {
        var owner = await Owner.ClaimAsync(Node);
        var former = new SaveSnapshot(new HistorySnapshot("a", 1, 1, null, default));
        var successor = new SaveSnapshot(new HistorySnapshot("a", 4, 4, null, default));
        await owner.RecordAsync(former, Sample.Started(Sample.Key("a", 1)));
        await owner.RecordAsync(Sample.Finish(Sample.Key("a", 1)), successor);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 5)));
        await owner.RecordAsync(Sample.Finish(Sample.Key("a", 5)));

        var recovery = await owner.LoadAsync("a");
        Assert.Equal([1, 4], recovery.Snapshots.Select(snapshot => snapshot.CreatedNo).Order());
        Assert.Equal([2, 3, 5, 6], recovery.Events.Select(fact => fact.No));

        await owner.RecordAsync(new DropSnapshot("a", 1));
        recovery = await owner.LoadAsync("a");
        Assert.Equal(4, Assert.Single(recovery.Snapshots).CreatedNo);
        Assert.Equal([5, 6], recovery.Events.Select(fact => fact.No));
    }

    [Fact]
    public async Task Deleted_job_leaves_its_executions_and_nothing_else()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(
            new SaveJob(Sample.Job("a")),
            Sample.Snapshot("a", 1, 1),
            Sample.Snapshot(HistorySnapshot.RetiredJobId, 1, 2),
            new SaveTriggerKey(new TriggerKey("a", "k", TestTimes.Noon, TestTimes.FarAhead)),
            Sample.Started(Sample.Key("a", 0)),
            Sample.Started(Sample.Key("a", 1)));
        await owner.RecordAsync(Sample.Finish(Sample.Key("a", 0)));

        await owner.RecordAsync(new DeleteJob("a"));

        var recovery = await owner.LoadAsync("a");
        Assert.Empty(recovery.Jobs);
        Assert.Contains(recovery.Snapshots, snapshot => snapshot.JobId == "a");
        Assert.Empty(recovery.TriggerKeys);
        Assert.Equal(Sample.Key("a", 1), Assert.Single(recovery.Open).Key);
        Assert.Equal(2, (await Node.Jobs.ListExecutionsAsync(new() { JobId = "a" }, None)).Total);
    }

    [Fact]
    public async Task Dropped_snapshot_of_a_deleted_job_is_gone()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(new SaveJob(Sample.Job("a")), Sample.Snapshot("a", 1, 1));
        await owner.RecordAsync(new DeleteJob("a"));

        await owner.RecordAsync(new DropSnapshot("a", 0));

        Assert.Empty((await owner.LoadAsync("a")).Snapshots);
    }

    [Fact]
    public async Task Snapshot_replaces_the_one_before()
    {
        var owner = await Owner.ClaimAsync(Node);
        var state = Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31)).ToArray();
        await owner.RecordAsync(Sample.Snapshot("a", 1));

        await owner.RecordAsync(new SaveSnapshot(new HistorySnapshot("a", 0, 41, null, state)));

        var recovery = await owner.LoadAsync("a");
        var snapshot = Assert.Single(recovery.Snapshots);
        Assert.Equal(("a", 41, null), (snapshot.JobId, snapshot.ThroughNo, snapshot.PlannedThrough));
        Assert.Equal(state, snapshot.State.ToArray());
        Assert.Equal(41, recovery.LastNo);
    }

    [Fact]
    public async Task Snapshot_of_no_bytes_comes_back_empty()
    {
        var owner = await Owner.ClaimAsync(Node);

        await owner.RecordAsync(Sample.Snapshot(HistorySnapshot.RetiredJobId, 3));

        var snapshot = Assert.Single((await owner.LoadAsync(HistorySnapshot.RetiredJobId)).Snapshots);
        Assert.Equal((HistorySnapshot.RetiredJobId, 3, TestTimes.Noon, 0), (
            snapshot.JobId, snapshot.ThroughNo, snapshot.PlannedThrough, snapshot.State.Length));
    }

    [Fact]
    public async Task Trigger_keys_are_remembered_until_they_expire()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = new TriggerKey("a", "order-17", TestTimes.Noon, TestTimes.FarAhead);
        await owner.RecordAsync(
            new SaveTriggerKey(key),
            new SaveTriggerKey(new TriggerKey("a", "old", TestTimes.LongAgo, TestTimes.LongAgo)));

        Assert.Equal(key, Assert.Single((await owner.LoadAsync("a")).TriggerKeys));

        await owner.RecordAsync(new SaveTriggerKey(key with { ScheduledAt = TestTimes.At(9) }));
        Assert.Equal(TestTimes.At(9), Assert.Single((await owner.LoadAsync("a")).TriggerKeys).ScheduledAt);
    }

    [Fact]
    public async Task Events_behind_the_snapshot_come_in_the_order_of_their_numbers()
    {
        var owner = await Owner.ClaimAsync(Node);
        var (done, later, retried) = (Sample.Key("a", 0), Sample.Key("a", 1), Sample.Key("a", 2));
        var run = new OccurrenceRun("a", TestTimes.At(3), TestTimes.At(9), 7, Outcome.Misfired, "grace");
        await owner.RecordAsync(Sample.Started(done), Sample.Waiting(later), Sample.Snapshot("a", 2));

        await owner.RecordAsync(Sample.Finish(done), Sample.Started(retried));
        await owner.RecordAsync(Sample.Start(later), new SaveOccurrenceRun(run));
        await owner.RecordAsync(
            Sample.Finish(retried, Outcome.Failed, final: false), Sample.Waiting(retried with { Attempt = 2 }));

        var recovery = await owner.LoadAsync("a");
        Assert.Equal([4, 5, 6, 7, 8, 9], recovery.Events.Select(shardEvent => shardEvent.No));
        Assert.Equal(9, recovery.LastNo);
        Assert.All(recovery.Events, shardEvent => Assert.Equal(owner.TermOf("a"), shardEvent.Term));
        Assert.Collection(
            recovery.Events.Select(shardEvent => shardEvent.Write),
            write => Assert.Equal(
                (done, true), (Assert.IsType<FinishAttempt>(write).Key, ((FinishAttempt)write).HadStarted)),
            write => Assert.Equal(
                (retried, 5), (Assert.IsType<PlanAttempt>(write).Attempt.Key, ((PlanAttempt)write).Attempt.StartedNo)),
            write => Assert.Equal(Sample.Start(later), write),
            write => Assert.Equal(run, Assert.IsType<SaveOccurrenceRun>(write).Run),
            write => Assert.Equal(Sample.Finish(retried, Outcome.Failed, final: false), write),
            write => Assert.Equal((2, null), (
                Assert.IsType<PlanAttempt>(write).Attempt.Key.Attempt, ((PlanAttempt)write).Attempt.StartedAt)));
    }

    [Fact]
    public async Task Attempt_planned_first_and_started_later_gives_two_events()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Snapshot("a", 0), Sample.Waiting(key, "1"));
        await owner.RecordAsync(Sample.Start(key));

        var recovery = await owner.LoadAsync("a");

        Assert.Equal([2, 3], recovery.Events.Select(shardEvent => shardEvent.No));
        var planned = Assert.IsType<PlanAttempt>(recovery.Events[0].Write).Attempt;
        Assert.Equal(Sample.Waiting(key, "1").Attempt with { PlannedNo = 2 }, planned);
        Assert.Equal(Sample.Start(key), recovery.Events[1].Write);
    }

    [Fact]
    public async Task Event_of_a_start_and_an_end_is_timed_by_the_row()
    {
        var owner = await Owner.ClaimAsync(Node);
        var key = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Snapshot("a", 0));
        await owner.RecordAsync(Sample.Started(key));
        await owner.AppendAsync(owner.Event(Sample.Finish(key), TestTimes.At(33)));
        await owner.RecordAsync(Sample.Waiting(Sample.Key("a", 1)));

        var events = (await owner.LoadAsync("a")).Events;

        Assert.Equal([TestTimes.Noon.AddMilliseconds(2), TestTimes.At(33), TestTimes.At(6)], events.Select(
            shardEvent => shardEvent.At));
    }

    [Fact]
    public async Task Open_attempt_of_a_job_without_snapshot_counts_from_its_beginning()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)));

        var recovery = await owner.LoadAsync("a");

        Assert.Equal(Sample.Key("a", 0), Assert.IsType<PlanAttempt>(Assert.Single(recovery.Events).Write).Attempt.Key);
        Assert.Equal(1, recovery.LastNo);
    }

    [Fact]
    public async Task Occurrence_run_that_grows_is_one_event_under_its_last_number()
    {
        var owner = await Owner.ClaimAsync(Node);
        var run = new OccurrenceRun("a", TestTimes.At(0), TestTimes.At(1), 2, Outcome.Skipped, "overlap");
        var grown = run with { To = TestTimes.At(5), Count = 6 };
        await owner.RecordAsync(Sample.Snapshot("a", 0), new SaveOccurrenceRun(run));

        await owner.RecordAsync(new SaveOccurrenceRun(grown));

        var only = Assert.Single((await owner.LoadAsync("a")).Events);
        Assert.Equal((3, grown.To), (only.No, only.At));
        Assert.Equal(grown, Assert.IsType<SaveOccurrenceRun>(only.Write).Run);
    }

    [Fact]
    public async Task Events_that_a_snapshot_covers_are_not_read_again()
    {
        var owner = await Owner.ClaimAsync(Node);
        var keys = Enumerable.Range(0, 20).Select(i => Sample.Key("a", i)).ToArray();
        await owner.RecordAsync([.. keys.Select(key => Sample.Started(key))]);
        await owner.RecordAsync([.. keys.Select(key => Sample.Finish(key))]);

        await owner.RecordAsync(Sample.Snapshot("a", 38));

        Assert.Equal([39, 40], (await owner.LoadAsync("a")).Events.Select(shardEvent => shardEvent.No));
    }

    private static JobDefinition FullDefinition(string id)
    {
        return new JobDefinition
        {
            Id = id,
            Name = "Nightly \u00fcbertrag \U0001F514",
            Owner = "ops",
            Category = "billing",
            Tags = ["eu", "money"],
            Description = "moves \"it\"",
            Queue = "slow",
            Roles = ["gpu"],
            Priority = -7,
            Schedule = new ScheduleSpec
            {
                Cron = "0 3 * * *",
                TimeZone = "Europe/Vienna",
                Dst = DstPolicy.Both,
                Start = TestTimes.Noon,
                End = TestTimes.FarAhead,
                Jitter = TimeSpan.FromMilliseconds(1_500),
            },
            Misfire = MisfirePolicy.RunAll,
            Grace = TimeSpan.FromMinutes(3),
            Overlap = OverlapPolicy.CancelPrevious,
            MaxConcurrent = 5,
            Timeout = TimeSpan.FromHours(2),
            TotalTimeout = TimeSpan.FromHours(5),
            StartLimit = new StartLimit { Starts = 7, Per = TimeSpan.FromMinutes(1) },
            Retry = new RetryPolicy
            {
                Attempts = 4,
                Strategy = RetryStrategy.Random,
                WaitMin = TimeSpan.FromSeconds(2),
                WaitMax = TimeSpan.FromHours(1),
                Only = ["System.IO.*"],
                Except = ["timeout", "x"],
            },
            Guarantee = Guarantee.AtMostOnce,
            Payload = """{"a":[1,2]}""",
            Enabled = false,
            Run = new HttpRun
            {
                Url = "https://example.com/x?y=1",
                Method = "PUT",
                Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Key"] = "${?KEY}" },
                Body = "b",
                Expect = "200-204,301",
            },
        };
    }
}
