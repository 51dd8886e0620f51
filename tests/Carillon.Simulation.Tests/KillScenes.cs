using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>
/// The process is killed in each window of an execution. Whatever the moment, no attempt reaches the outside twice (the
/// scene checks that by itself), and the guarantee of the job decides what follows.
/// </summary>
public sealed class KillScenes
{
    [Theory]
    [InlineData(Guarantee.AtLeastOnce)]
    [InlineData(Guarantee.AtMostOnce)]
    public void Node_killed_before_the_start_is_committed_starts_the_same_attempt_after_its_restart(Guarantee guarantee)
    {
        var scene = Sample.Started();
        scene.Put(Daily(guarantee));
        scene.Faults.DecideAppend = KillOn<PlanAttempt>(scene, StoreFault.HangBefore);
        scene.Pass(2);
        Assert.Empty(scene.Outside.Starts);

        scene.Start();
        scene.Pass(1);
        Assert.Equal((1, Outcome.Succeeded), (Assert.Single(scene.Outside.Starts).Key.Attempt, Assert.Single(scene.Attempts("job")).Result!.Outcome));
    }

    [Fact]
    public void Node_killed_after_the_start_is_committed_runs_the_next_attempt_when_the_lease_of_the_dead_has_passed()
    {
        var scene = Sample.Started();
        var dead = scene.Node();
        scene.Put(Daily(Guarantee.AtLeastOnce));
        scene.Faults.DecideAppend = KillOn<PlanAttempt>(scene, StoreFault.HangAfter);
        scene.Pass(2);
        Assert.Empty(scene.Outside.Starts);

        scene.Start();
        scene.Pass(10);
        var start = Assert.Single(scene.Outside.Starts);
        Assert.Equal(2, start.Key.Attempt);
        Assert.True(start.At > scene.Database.LeaseOf(dead.Incarnation), "it ran before the lease of the dead node had passed");
        Assert.Equal([Outcome.Lost, Outcome.Succeeded], scene.Attempts("job").Select(a => a.Result!.Outcome));
        Assert.Equal((1L, 1L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Outcomes.Lost));
    }

    [Fact]
    public void Node_killed_after_the_start_of_an_at_most_once_job_is_committed_loses_it()
    {
        var scene = Sample.Started();
        scene.Put(Daily(Guarantee.AtMostOnce));
        scene.Faults.DecideAppend = KillOn<PlanAttempt>(scene, StoreFault.HangAfter);
        scene.Pass(2);
        scene.Start();
        scene.Pass(10);

        Assert.Empty(scene.Outside.Starts);
        Assert.Equal((Outcome.Lost, "worker_died"), (scene.Attempts("job").Single().Result!.Outcome, scene.Attempts("job").Single().Result!.Reason));
        Assert.Equal((1L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Lost));
    }

    [Theory]
    [InlineData(Guarantee.AtLeastOnce, new[] { 1, 2 })]
    [InlineData(Guarantee.AtMostOnce, new[] { 1 })]
    public void Node_killed_while_code_runs_runs_it_again_only_where_the_guarantee_allows(Guarantee guarantee, int[] attempts)
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(5));
        scene.Put(Daily(guarantee));
        scene.Pass(3);
        scene.Kill();
        scene.Start();
        scene.Pass(20);

        Assert.Equal(attempts, scene.Outside.Starts.Select(s => s.Key.Attempt));
        Assert.Equal(0, scene.Books("job").Open);
    }

    [Theory]
    [InlineData(StoreFault.HangBefore, new[] { 1, 2 })]
    [InlineData(StoreFault.HangAfter, new[] { 1 })]
    public void Node_killed_between_the_end_and_its_record_runs_again_unless_the_end_was_committed(StoreFault fault, int[] attempts)
    {
        var scene = Sample.Started();
        scene.Put(Daily(Guarantee.AtLeastOnce));
        scene.Faults.DecideAppend = KillOn<FinishAttempt>(scene, fault);
        scene.Pass(2);
        scene.Start();
        scene.Pass(20);

        Assert.Equal(attempts, scene.Outside.Starts.Select(s => s.Key.Attempt));
        Assert.Equal((1L, 1L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Open));
    }

    [Fact]
    public void Attempt_whose_node_dies_again_and_again_is_lost_in_the_end()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(3_600));
        scene.Put(Daily(Guarantee.AtLeastOnce));
        for (var life = 0; life < 8; life++)
        {
            scene.Pass(10);
            scene.Kill();
            scene.Start();
        }

        scene.Pass(10);
        Assert.Equal(6, scene.Outside.Starts.Count);
        Assert.Equal((1L, 1L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Lost, scene.Books("job").Open));
    }

    [Fact]
    public void Node_killed_with_a_trigger_committed_but_not_answered_runs_it_once_for_both_calls()
    {
        var scene = Sample.Started();
        scene.Put(Sample.OnDemand());
        scene.Faults.DecideAppend = KillOn<SaveTriggerKey>(scene, StoreFault.HangAfter);
        var lost = scene.Begin(jobs => jobs.TriggerAsync("job", null, "k"));
        scene.Pass(1);
        Assert.False(lost.IsDone);

        scene.Start();
        var id = scene.Trigger("job", key: "k");
        scene.Pass(1);
        Assert.Equal(id, Assert.Single(scene.Outside.Starts).Key.ExecutionId);
    }

    /// <summary>One occurrence, a second from now.</summary>
    private static JobDefinition Daily(Guarantee guarantee)
    {
        return Sample.OnDemand(d => d with { Guarantee = guarantee, Schedule = new ScheduleSpec { At = Scene.Noon.AddSeconds(1) } });
    }

    private static Func<AppendBatch, StoreFault> KillOn<TWrite>(Scene scene, StoreFault fault)
    {
        return batch =>
        {
            if (!batch.Events.Any(e => e.Write is TWrite))
            {
                return StoreFault.None;
            }

            scene.Faults.DecideAppend = static _ => StoreFault.None;
            scene.Kill();
            return fault;
        };
    }
}
