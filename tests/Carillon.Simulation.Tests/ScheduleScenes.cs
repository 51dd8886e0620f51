using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>When the occurrences of a schedule run, and what becomes of those that do not.</summary>
public sealed class ScheduleScenes
{
    [Fact]
    public void Job_due_every_second_for_an_hour_runs_3600_times_each_occurrence_once()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        for (var minute = 0; minute < 60; minute++)
        {
            scene.Pass(TimeSpan.FromMinutes(1));
        }

        scene.Pass(0.5);
        var starts = scene.Outside.Of("job");
        Assert.Equal(3_600, starts.Count);
        Assert.All(starts, s => Assert.Equal(s.Key.ScheduledAt, s.At));
        Assert.Equal((3_600L, 3_600L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Open));
    }

    [Fact]
    public void Occurrences_during_a_run_under_skip_are_one_stretch_skipped_for_overlap()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(3.5));
        scene.Put(Sample.Every(1));
        scene.Pass(5.1);

        var run = Assert.Single(scene.Runs("job"));
        Assert.Equal(
            new OccurrenceRun("job", Scene.Noon.AddSeconds(2), Scene.Noon.AddSeconds(4), 3, Outcome.Skipped, "overlap"), run);
        Assert.Equal((5L, 1L, 3L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Outcomes.Skipped, scene.Books("job").Open));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(120, false)] // long enough that the job has no actor meanwhile
    [InlineData(20, true)]
    public void Delay_counts_from_each_end_also_from_one_before_a_restart(int seconds, bool inOrder)
    {
        var twice = (2 * (seconds + 3)) + 2;
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(3));
        scene.Put(Sample.Every(seconds, d => d with { Schedule = d.Schedule with { EveryFrom = EveryFrom.End } }));
        scene.Pass(twice);
        if (inOrder)
        {
            scene.Stop(); // with everything saved: nothing is replayed
        }
        else
        {
            scene.Kill();
        }

        scene.Start();
        scene.Pass(twice);

        var starts = scene.Outside.Of("job").Select(s => s.At).ToArray();
        Assert.Equal(4, starts.Length);
        Assert.All(starts.Zip(starts.Skip(1)), pair =>
            Assert.InRange((pair.Second - pair.First).TotalSeconds, seconds + 3, seconds + 3.1));
        Assert.Equal((4L, 4L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded));
    }

    [Fact]
    public void Occurrences_during_a_run_under_queue_run_one_after_the_other()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(2));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Queue }));
        scene.Pass(10.5);

        Assert.Equal([1, 2, 3, 4, 5], scene.Outside.Of("job").Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
        Assert.Equal([1, 3, 5, 7, 9], scene.Outside.Of("job").Select(s => Math.Floor((s.At - Scene.Noon).TotalSeconds)));
        Assert.Equal(WaitCause.Limit, scene.Attempts("job")[^1].WaitCause);
    }

    [Fact]
    public void Occurrences_during_a_run_under_allow_run_beside_it_up_to_the_limit()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(10));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Allow, MaxConcurrent = 3 }));
        scene.Pass(9);
        Assert.Equal(3, scene.Books("job").Running);

        scene.Pass(3.5);
        Assert.Equal([1, 2, 3, 11, 12], scene.Outside.Of("job").Select(s => Math.Floor((s.At - Scene.Noon).TotalSeconds)));
    }

    [Fact]
    public void Job_paused_for_a_while_skips_one_stretch_and_goes_on_at_its_next_occurrence()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(3.5);
        scene.Pause("job");
        scene.Pass(5);
        scene.Resume("job");
        scene.Pass(2);
        Assert.Equal(
            new OccurrenceRun("job", Scene.Noon.AddSeconds(4), Scene.Noon.AddSeconds(8), 5, Outcome.Skipped, "paused"),
            Assert.Single(scene.Runs("job")));
        Assert.Equal((10L, 5L, 5L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Outcomes.Skipped));
    }

    [Fact]
    public void Job_paused_for_an_hour_costs_one_row_that_grows()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pause("job");
        scene.Pass(TimeSpan.FromMinutes(61));

        Assert.Equal(3_600, Assert.Single(scene.Runs("job")).Count, tolerance: 20);
        Assert.Equal(scene.Runs("job")[0].Count, scene.Books("job").Outcomes.Skipped);
    }

    [Theory]
    [InlineData(MisfirePolicy.RunOnce, 1, 119)]
    [InlineData(MisfirePolicy.RunAll, 120, 0)]
    [InlineData(MisfirePolicy.Skip, 0, 120)]
    public void Occurrences_missed_while_the_node_was_down_are_made_up_for_as_the_policy_says(MisfirePolicy policy, int runs, int misfired)
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1, d => d with { Misfire = policy, Grace = TimeSpan.Zero }));
        scene.Pass(1.1);
        scene.Stop();
        scene.Pass(120);
        scene.Start();
        scene.Pass(1.2); // the next occurrence closes the stretch

        var late = scene.Outside.Of("job").Count(s => s.Key.ScheduledAt > Scene.Noon.AddSeconds(1) && s.Key.ScheduledAt <= Scene.Noon.AddSeconds(121));
        Assert.Equal((runs, misfired), (late, (int)scene.Books("job").Outcomes.Misfired));
    }

    [Fact]
    public void Occurrence_within_its_grace_runs_late_with_cause_failover()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(60, d => d with { Misfire = MisfirePolicy.Skip }));
        scene.Stop();
        scene.Pass(80);
        scene.Start();
        scene.Pass(1);

        var start = Assert.Single(scene.Attempts("job"));
        Assert.Equal((Scene.Noon.AddSeconds(60), WaitCause.Failover), (start.Key.ScheduledAt, start.WaitCause));
    }

    [Fact]
    public void Job_whose_schedule_is_changed_keeps_to_the_new_one_from_the_change_on()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(3.5);
        scene.Put(Sample.Every(5));
        scene.Pass(12);

        Assert.Equal([1, 2, 3, 5, 10, 15], scene.Outside.Of("job").Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
    }

    [Fact]
    public void Occurrences_that_wait_when_the_schedule_is_changed_are_skipped_as_rescheduled()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(6));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Queue }));
        scene.Pass(4.5);
        scene.Put(Sample.Every(60, d => d with { Overlap = OverlapPolicy.Queue }));
        scene.Pass(120);

        Assert.Equal(
            new OccurrenceRun("job", Scene.Noon.AddSeconds(2), Scene.Noon.AddSeconds(4), 3, Outcome.Skipped, "rescheduled"),
            Assert.Single(scene.Runs("job")));
        Assert.Equal((6L, 3L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Skipped));
    }

    [Fact]
    public void Occurrence_that_follows_an_end_and_waits_when_the_schedule_is_changed_is_skipped_once()
    {
        var scene = Sample.Started(new SceneOptions { Slots = 1 });
        scene.Outside.Script("long", Sample.Takes(60));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Put(Sample.Every(2, d => d with { Schedule = d.Schedule with { EveryFrom = EveryFrom.End } }));
        scene.Trigger("long");
        scene.Pass(30);
        scene.Put(Sample.OnDemand());
        scene.Pass(60);

        var run = Assert.Single(scene.Runs("job"));
        Assert.Equal((1L, "rescheduled"), (run.Count, run.Reason));
        Assert.Empty(scene.Outside.Of("job"));
    }

    [Fact]
    public void Job_that_is_disabled_skips_and_goes_on_when_enabled()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(2.5);
        scene.Put(Sample.Every(1, d => d with { Enabled = false }));
        scene.Pass(3);
        scene.Put(Sample.Every(1));
        scene.Pass(2);

        Assert.Equal([1, 2, 6, 7], scene.Outside.Of("job").Select(s => (s.Key.ScheduledAt - Scene.Noon).TotalSeconds));
        Assert.Equal("disabled", Assert.Single(scene.Runs("job")).Reason);
    }

    [Fact]
    public void Occurrence_without_a_free_slot_waits_and_runs_with_cause_queue()
    {
        var scene = Sample.Started(new SceneOptions { Slots = 1 });
        scene.Outside.Script("long", Sample.Takes(20));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Put(Sample.Every(60, id: "short"));
        scene.Pass(50);
        scene.Trigger("long");
        scene.Pass(30);

        var row = Assert.Single(scene.Attempts("short"));
        Assert.Equal((WaitCause.Queue, Outcome.Succeeded), (row.WaitCause, row.Result?.Outcome));
        Assert.Equal(10, (row.StartedAt!.Value - row.DueAt).TotalSeconds, tolerance: 0.1);
    }
}
