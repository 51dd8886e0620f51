using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>What becomes of an occurrence that falls due while another one of its job is open.</summary>
public sealed class OverlapScenes
{
    [Fact]
    public void Run_gives_way_to_the_next_occurrence_under_cancel_previous()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(25));
        scene.Put(Newest(10));
        scene.Pass(45);

        Assert.Equal([10, 20, 30, 40], scene.Outside.Starts.Select(s => Math.Floor((s.At - Scene.Noon).TotalSeconds)));
        var ended = scene.Attempts("job").Where(a => a.Result is not null).ToArray();
        Assert.Equal(3, ended.Length);
        Assert.All(ended, a => Assert.Equal((Outcome.Cancelled, "replaced", true), (a.Result!.Outcome, a.Result.Reason, a.Result.Final)));
        Assert.Equal((4L, 3L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Cancelled, scene.Books("job").Running));
    }

    [Fact]
    public void Code_that_ignores_its_replacement_delays_the_next_run_by_no_more_than_its_grace()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", new CodeScript(TimeSpan.FromSeconds(60), IsDeaf: true));
        scene.Put(Newest(10));
        scene.Pass(29.9);

        Assert.Equal([10, 25], scene.Outside.Starts.Select(s => Math.Floor((s.At - Scene.Noon).TotalSeconds)));
        Assert.Equal((1, "replaced"), (scene.Books("job").Running, scene.Attempts("job")[0].Result!.Reason));
        Assert.Equal(2, scene.Worker().Active); // the deaf one keeps its slot
    }

    [Fact]
    public void Occurrences_that_come_and_go_while_the_old_run_ends_are_replaced_without_a_run()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", new CodeScript(TimeSpan.FromSeconds(60), IsDeaf: true));
        scene.Put(Newest(2));
        scene.Pass(9.5);

        Assert.Equal([2, 8], scene.Outside.Starts.Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
        Assert.Equal(
            new OccurrenceRun("job", Scene.Noon.AddSeconds(4), Scene.Noon.AddSeconds(6), 2, Outcome.Skipped, "replaced"),
            Assert.Single(scene.Runs("job")));
    }

    [Fact]
    public void Retry_that_waits_gives_way_to_the_next_occurrence_under_cancel_previous()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", start => start.Key.ScheduledAt == Scene.Noon.AddSeconds(10) ? Sample.Fails : CodeScript.Instant);
        scene.Put(Newest(10) with { Retry = new RetryPolicy { Attempts = 1, WaitMin = TimeSpan.FromSeconds(60) } });
        scene.Pass(21);

        Assert.Equal([Outcome.Failed, Outcome.Cancelled, Outcome.Succeeded], scene.Attempts("job").Select(a => a.Result!.Outcome));
        Assert.Equal((2L, 1L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Cancelled, scene.Books("job").Outcomes.Succeeded));
    }

    [Fact]
    public void Newest_trigger_takes_the_place_of_what_runs_and_of_what_waits_under_cancel_previous()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", new CodeScript(TimeSpan.FromSeconds(60), IsDeaf: true));
        scene.Put(Sample.OnDemand(d => d with { Overlap = OverlapPolicy.CancelPrevious }));
        scene.Trigger("job");
        scene.Pass(1);
        scene.Trigger("job");
        scene.Pass(1);
        var last = scene.Trigger("job");
        scene.Pass(10);

        Assert.Equal(last, scene.Outside.Starts[^1].Key.ExecutionId);
        Assert.Equal(2, scene.Outside.Starts.Count); // the second one never started
        Assert.Equal((3L, 2L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Cancelled, scene.Books("job").Running));
    }

    [Fact]
    public void Node_killed_while_a_run_is_being_replaced_runs_the_newest_occurrence_after_its_restart()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", new CodeScript(TimeSpan.FromSeconds(60), IsDeaf: true));
        scene.Put(Newest(10));
        scene.Pass(22);
        scene.Kill();
        scene.Start();
        scene.Pass(7); // until the lease of the dead has passed

        Assert.Equal([10, 20], scene.Outside.Starts.Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
        Assert.Equal(
            [Outcome.Lost, Outcome.Cancelled],
            scene.Attempts("job").Where(a => a.Key.ScheduledAt == Scene.Noon.AddSeconds(10)).Select(a => a.Result!.Outcome));
    }

    [Fact]
    public void Occurrence_of_an_earlier_run_that_is_decided_late_is_still_skipped()
    {
        var scene = Sample.Started(new SceneOptions { Slots = 1 });
        scene.Outside.Script("other", Sample.Takes(30));
        scene.Outside.Script("job", Sample.Takes(12));
        scene.Put(Sample.OnDemand(id: "other"));
        scene.Put(Sample.Every(10));
        scene.Pass(5);
        scene.Trigger("other");
        scene.Pass(80);

        // Those of 10, 20 and 30 s wait for the slot and run from 35 to 71 s, one after the other; those of 40 and 50 s
        // fall due inside runs that are not the last one by the time they are decided about.
        Assert.Equal([10, 20, 30, 80], scene.Outside.Of("job").Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
    }

    [Fact]
    public void Queue_of_a_job_that_cannot_keep_up_survives_a_restart_in_its_order()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(3));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Queue }));
        scene.Pass(8.5);
        scene.Stop();
        scene.Start();
        scene.Pass(9);

        Assert.Equal(Enumerable.Range(1, 6), scene.Outside.Of("job").Select(s => (int)(s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
    }

    [Fact]
    public void Queue_of_a_job_that_never_ends_keeps_at_most_its_newest_thousand_occurrences()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(2_000));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Queue, Misfire = MisfirePolicy.RunAll }));
        scene.Pass(TimeSpan.FromSeconds(2_001.5));

        Assert.Equal(
            new OccurrenceRun("job", Scene.Noon.AddSeconds(2), Scene.Noon.AddSeconds(1_051), 1_050, Outcome.Misfired, "backlog"),
            Assert.Single(scene.Runs("job")));
        Assert.Equal(Scene.Noon.AddSeconds(1_052), scene.Outside.Starts[^1].Key.ScheduledAt);
    }

    private static JobDefinition Newest(double seconds)
    {
        return Sample.Every(seconds, d => d with { Overlap = OverlapPolicy.CancelPrevious });
    }
}
