using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>What happens when the store fails, refuses, is away, or belongs to somebody else.</summary>
public sealed class StoreScenes
{
    [Theory]
    [InlineData(StoreFault.FailBefore)]
    [InlineData(StoreFault.FailAfter)]
    public void Start_whose_append_has_an_unknown_outcome_runs_once(StoreFault fault)
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(1.5);
        FailNext<PlanAttempt>(scene, fault);
        scene.Pass(3);

        Assert.Equal([1, 2, 3, 4], scene.Outside.Of("job").Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
        Assert.Equal((4L, 4L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Retries));
        Assert.Contains(scene.Log.Lines, l => l.Contains("shard terms ended", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StoreFault.FailBefore)]
    [InlineData(StoreFault.FailAfter)]
    public void Result_whose_append_has_an_unknown_outcome_is_recorded_once_and_forgotten_by_the_worker(StoreFault fault)
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(1.5);
        FailNext<FinishAttempt>(scene, fault);
        scene.Pass(3);

        Assert.Equal(4, scene.Outside.Of("job").Count);
        Assert.Equal((4L, 4L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Retries));
        Assert.Equal(0, scene.Worker().Unrecorded);
    }

    [Theory]
    [InlineData(StoreFault.FailBefore)]
    [InlineData(StoreFault.FailAfter)]
    public void Attempt_that_runs_while_its_term_ends_is_recorded_by_the_next_term(StoreFault fault)
    {
        var scene = Sample.Started(new SceneOptions { Shards = 1 });
        scene.Outside.Script("long", Sample.Takes(10));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Put(Sample.OnDemand(id: "short"));
        scene.Trigger("long");
        scene.Pass(1);
        FailNext<PlanAttempt>(scene, fault);
        Assert.ThrowsAny<Exception>(() => scene.Trigger("short")); // nobody knows what became of it
        scene.Pass(15);

        Assert.Equal((1L, 1L), (scene.Books("long").Planned, scene.Books("long").Outcomes.Succeeded));
        Assert.Equal(10_000_000L, scene.Attempts("long").Single().Result!.DurationMicroseconds);
        Assert.Equal(fault is StoreFault.FailAfter ? 1 : 0, scene.Books("short").Outcomes.Succeeded);
    }

    [Theory]
    [InlineData(StoreFault.FailBefore)]
    [InlineData(StoreFault.FailAfter)]
    public void Job_whose_removal_has_an_unknown_outcome_and_is_removed_again_stops_its_run(StoreFault fault)
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(600));
        scene.Put(Sample.OnDemand());
        scene.Trigger("job");
        scene.Pass(1);
        FailNext<DeleteJob>(scene, fault);
        var first = scene.Begin(jobs => jobs.RemoveAsync("job"));
        scene.Pass(15);
        Assert.IsAssignableFrom<TimeoutException>(first.Error);
        var second = scene.Do(jobs => jobs.RemoveAsync("job"));
        scene.Pass(1);

        Assert.Equal(fault is StoreFault.FailAfter ? JobReplyStatus.NotFound : JobReplyStatus.Done, second.Status);
        Assert.Equal(Outcome.Cancelled, scene.Attempts("job").Single().Result!.Outcome);
        Assert.Equal((0, 0, 0), (scene.Worker().Active, scene.Worker().Running, scene.Worker().Unrecorded));
    }

    [Fact]
    public void Value_that_the_store_refuses_hits_one_command_and_nothing_else_of_its_flush()
    {
        var scene = Sample.Started(new SceneOptions { Shards = 1 });
        scene.Put(Sample.OnDemand(id: "bad"));
        scene.Put(Sample.OnDemand(id: "good"));
        scene.Put(Sample.Every(1));
        scene.Pass(0.5);
        scene.Faults.RequestDelay = TimeSpan.FromMilliseconds(100);
        scene.Faults.DecideAppend = batch => batch.Events.Any(e => e.Write is PlanAttempt { Attempt.Key.JobId: "bad" }) ? StoreFault.Refuse : StoreFault.None;
        var before = scene.Begin(jobs => jobs.TriggerAsync("good"));
        var bad = scene.Begin(jobs => jobs.TriggerAsync("bad"));
        var good = scene.Begin(jobs => jobs.TriggerAsync("good"));
        scene.Pass(2);

        Assert.Equal(
            (JobReplyStatus.Done, JobReplyStatus.Refused, JobReplyStatus.Done),
            (before.Answer.Status, bad.Answer.Status, good.Answer.Status));
        Assert.Equal((0L, 2L), (scene.Books("bad").Planned, scene.Books("good").Planned));
        Assert.All(scene.Database.Shards, s => Assert.Equal(1, s.Epoch));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Store_away_for_half_a_minute_lets_nothing_start_after_the_lease_and_everything_go_on_afterwards(double failsAfter)
    {
        var scene = Sample.Started();
        scene.Outside.Script("long", Sample.Takes(20));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Queue }));
        scene.Trigger("long");
        scene.Pass(5.5);
        var epochs = scene.Database.Shards.Max(s => s.Epoch);
        scene.Faults.Decide = static _ => StoreFault.FailBefore;
        scene.Faults.RequestDelay = TimeSpan.FromSeconds(failsAfter);
        scene.Pass(30);
        Assert.Equal(5, scene.Outside.Of("job").Count);
        Assert.False(scene.Node().IsOpen);

        scene.Faults.Decide = static _ => StoreFault.None;
        scene.Faults.RequestDelay = TimeSpan.Zero;
        scene.Pass(30);
        Assert.Equal((65L, 65L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded));
        Assert.Equal((1L, 1L), (scene.Books("long").Planned, scene.Books("long").Outcomes.Succeeded));
        Assert.True(scene.Database.Shards.Max(s => s.Epoch) <= epochs + 2, "terms ended more often than needed");
    }

    [Fact]
    public void Start_that_is_committed_too_late_for_its_node_is_not_handed_out_after_the_lease()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(10));
        scene.Pass(9.5);
        scene.Faults.Decide = call => call is "beat" ? StoreFault.FailBefore : StoreFault.None;
        scene.Faults.ReplyDelay = TimeSpan.FromSeconds(8);
        scene.Pass(9.4);
        Assert.Empty(scene.Outside.Starts);

        scene.Faults.ReplyDelay = TimeSpan.Zero;
        scene.Faults.Decide = static _ => StoreFault.None;
        scene.Pass(8);
        Assert.Equal((Scene.Noon.AddSeconds(10), 1), (scene.Outside.Starts[0].Key.ScheduledAt, scene.Outside.Starts[0].Key.Attempt));
        Assert.All(scene.Database.Shards, s => Assert.Equal(1, s.Epoch));
    }

    [Fact]
    public void Node_whose_shards_were_taken_by_another_starts_nothing_of_them_any_more()
    {
        var scene = Sample.Started();
        scene.Outside.Script("long", Sample.Takes(5));
        scene.Put(Sample.Every(1));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Trigger("long");
        scene.Pass(1.5);
        Join(scene, out var other);
        for (var shard = 0; shard < scene.Options.Shards; shard++)
        {
            scene.Database.Steal(shard, other);
        }

        scene.Pass(10);
        Assert.Single(scene.Outside.Of("job"));
        Assert.Single(scene.Attempts("job"));
        Assert.Null(scene.Attempts("long").Single().Result); // its end is for the new owner to ask for
        Assert.Equal(1, scene.Worker().Unrecorded);
    }

    [Fact]
    public void Node_declared_dead_starts_nothing_any_more()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(1.5);
        var node = scene.Node();
        scene.Finish(scene.Begin(() => node.Store.DeclareDeadAsync(node.Incarnation, scene.Database.Nodes[0].Beat, CancellationToken.None)));
        scene.Pass(1);
        var starts = scene.Outside.Starts.Count;
        scene.Pass(30);
        Assert.Equal(starts, scene.Outside.Starts.Count);
    }

    private static void Join(Scene scene, out Guid other)
    {
        var id = other = new Guid("00000000-0000-0000-0000-00000000000b");
#pragma warning disable CA2000 // Its sessions stay open: the other node goes on living.
        var store = new SimulatedStore(scene.Database, other);
#pragma warning restore CA2000
        var row = new Carillon.Cluster.NodeRow { Incarnation = id, Name = "b", Advertise = "http://b", Version = "1.0.0" };
        Assert.Null(scene.Finish(scene.Begin(() => store.JoinAsync(row, TimeSpan.FromHours(1), CancellationToken.None))));
    }

    private static void FailNext<TWrite>(Scene scene, StoreFault fault)
    {
        scene.Faults.DecideAppend = batch =>
        {
            if (!batch.Events.Any(e => e.Write is TWrite))
            {
                return StoreFault.None;
            }

            scene.Faults.DecideAppend = static _ => StoreFault.None;
            return fault;
        };
    }
}
