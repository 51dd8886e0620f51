using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Pauses of a job and of the whole scheduler, and triggers for later.</summary>
public sealed class PauseScenes
{
    [Fact]
    public void Job_paused_until_an_instant_resumes_by_itself()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(10));
        scene.Pass(15);
        scene.Pause("job", Scene.Noon.AddSeconds(45));
        scene.Pass(50);

        Assert.Equal([10, 50, 60], Seconds(scene));
        Assert.Equal((3, "paused"), (scene.Runs("job")[0].Count, scene.Runs("job")[0].Reason));
        Assert.Null(scene.Database.Jobs.Single().Pause); // it is told as resumed, not only treated so
    }

    [Fact]
    public void Pause_that_ends_while_no_node_is_up_has_kept_back_what_fell_due_inside_it()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(10, d => d with { Misfire = MisfirePolicy.RunAll, Grace = TimeSpan.Zero, Overlap = OverlapPolicy.Queue }));
        scene.Pass(5);
        scene.Pause("job", Scene.Noon.AddSeconds(45));
        scene.Stop();
        scene.Pass(60);
        scene.Start();
        scene.Pass(1);

        Assert.Equal([50, 60], Seconds(scene));
        Assert.Equal((6L, 4L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Skipped));
    }

    [Fact]
    public void Paused_scheduler_starts_nothing_of_any_kind_until_it_is_resumed()
    {
        var scene = Sample.Started();
        scene.Outside.Script("long", Sample.Takes(30));
        scene.Outside.Script("fails", start => start.Key.Attempt == 1 ? Sample.Fails : CodeScript.Instant);
        scene.Put(Sample.Every(10));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Put(Sample.OnDemand(d => d with { Retry = new RetryPolicy { Attempts = 1, WaitMin = TimeSpan.FromSeconds(5) } }, id: "fails"));
        scene.Trigger("long");
        scene.Pass(12);
        scene.Trigger("fails");
        scene.Pass(1);
        scene.PauseAll(Everything(until: null));
        scene.Pass(2); // within a heartbeat every node knows
        scene.Trigger("job");
        scene.Pass(40);
        Assert.Equal([10], Seconds(scene));
        Assert.Equal(1, scene.Books("long").Outcomes.Succeeded); // what runs goes on
        Assert.Equal(1, scene.Books("fails").Open);

        scene.PauseAll(null);
        scene.Pass(8);
        Assert.Equal(3, scene.Outside.Of("job").Count); // the trigger and the next occurrence
        Assert.Equal(2, scene.Outside.Of("fails").Count);
        Assert.Equal((4, "paused"), (Assert.Single(scene.Runs("job")).Count, scene.Runs("job")[0].Reason));
    }

    [Fact]
    public void Pause_of_the_scheduler_survives_a_kill_and_ends_at_its_time()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(10));
        scene.Pass(12);
        scene.PauseAll(Everything(Scene.Noon.AddSeconds(65)));
        scene.Pass(10);
        scene.Kill();
        scene.Start();
        scene.Pass(60);

        Assert.Equal([10, 70, 80], Seconds(scene));
        Assert.Equal((8L, 5L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Skipped));
    }

    [Fact]
    public void Occurrence_that_waits_for_its_slot_when_the_scheduler_is_paused_is_skipped()
    {
        var scene = Sample.Started(new SceneOptions { Slots = 1 });
        scene.Outside.Script("long", Sample.Takes(20));
        scene.Put(Sample.OnDemand(id: "long"));
        scene.Put(Sample.Every(10));
        scene.Trigger("long");
        scene.Pass(12);
        scene.PauseAll(Everything(Scene.Noon.AddSeconds(25)));
        scene.Pass(20);

        Assert.Equal([30], Seconds(scene));
        Assert.Equal((2, "paused"), (scene.Runs("job")[0].Count, scene.Runs("job")[0].Reason));
    }

    [Fact]
    public void Trigger_for_later_waits_for_its_time_also_through_a_kill()
    {
        var scene = Sample.Started();
        scene.Put(Sample.OnDemand());
        var first = scene.Trigger("job", key: "k", dueAt: Scene.Noon.AddSeconds(30));
        Assert.Equal(first, scene.Trigger("job", key: "k", dueAt: Scene.Noon.AddSeconds(99)));
        scene.Pass(10);
        Assert.Equal((AttemptState.Waiting, Scene.Noon.AddSeconds(30)), (scene.Attempts("job").Single().State, scene.Attempts("job").Single().DueAt));
        scene.Kill();
        scene.Start();
        scene.Pass(40);

        var start = Assert.Single(scene.Outside.Starts);
        Assert.Equal((first, 30.0), (start.Key.ExecutionId, (start.At - Scene.Noon).TotalSeconds));
    }

    [Fact]
    public void Trigger_for_later_holds_nothing_back_and_ends_with_its_job()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(10));
        scene.Trigger("job", dueAt: Scene.Noon.AddDays(30));
        scene.Pass(25);
        Assert.Equal([10, 20], Seconds(scene));

        scene.Remove("job");
        scene.Pass(1);
        Assert.Equal(1, scene.Gather().Sum(p => p.Retired.Outcomes.Cancelled));
    }

    [Theory]
    [InlineData("every")]
    [InlineData("cron")]
    public void Month_of_pause_of_a_job_due_every_second_costs_one_row_and_balances(string kind)
    {
        var scene = Sample.Started(new SceneOptions { Shards = 1 });
        scene.Put(Sample.Every(1, d => kind is "cron" ? d with { Schedule = new ScheduleSpec { Cron = "* * * * * *" } } : d));
        scene.Pass(10.5);
        scene.Pause("job");
        scene.Stop();
        scene.Pass(TimeSpan.FromDays(30));
        scene.Start();
        scene.Pass(10);
        scene.Resume("job");
        scene.Pass(3);

        const long skipped = (30 * 86_400) + 10;
        Assert.Equal((skipped, "paused"), (Assert.Single(scene.Runs("job")).Count, scene.Runs("job")[0].Reason));
        Assert.Equal((skipped + 13, skipped, 13L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Skipped, scene.Books("job").Outcomes.Succeeded));
    }

    [Fact]
    public void Job_that_stands_still_for_a_day_is_woken_only_to_record_its_stretch()
    {
        var scene = Sample.Started(new SceneOptions { Shards = 1 });
        scene.Put(Sample.Every(1));
        scene.Pause("job");
        var appends = 0;
        scene.Faults.DecideAppend = batch =>
        {
            appends += batch.Events.Any(e => e.Write is SaveOccurrenceRun) ? 1 : 0;
            return StoreFault.None;
        };
        scene.Pass(TimeSpan.FromDays(1));

        Assert.InRange(appends, 140, 145); // every ten minutes
        Assert.Equal(86_400 - 600, Assert.Single(scene.Runs("job")).Count, tolerance: 600);
    }

    private static Pause Everything(DateTimeOffset? until)
    {
        return new Pause("moving", "anna", Scene.Noon.AddSeconds(12), until);
    }

    private static IEnumerable<int> Seconds(Scene scene)
    {
        return scene.Outside.Of("job").Select(s => (int)(s.Key.ScheduledAt - Scene.Noon).TotalSeconds);
    }
}
