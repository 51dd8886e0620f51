using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Clocks that are stepped under a running node.</summary>
public sealed class ClockScenes
{
    [Theory]
    [InlineData(-3_600)]
    [InlineData(-2)]
    [InlineData(3)]
    [InlineData(3_600)]
    public void Node_whose_wall_clock_is_stepped_runs_every_occurrence_once_and_none_for_a_time_that_never_was(int seconds)
    {
        var scene = Sample.Started();
        scene.Outside.Script("busy", Sample.Takes(0.9));
        scene.Put(Sample.Every(1));
        scene.Put(Sample.Every(1, id: "busy"));
        scene.Pass(10.5);
        scene.Node().Wall.Step(TimeSpan.FromSeconds(seconds));
        scene.Pass(30);

        Assert.Equal(Enumerable.Range(1, 40), scene.Outside.Of("job").Select(s => (int)(s.Key.ScheduledAt - Scene.Noon).TotalSeconds).Order());
        Assert.Equal(Enumerable.Range(1, 40), scene.Outside.Of("busy").Select(s => (int)(s.Key.ScheduledAt - Scene.Noon).TotalSeconds).Order());
    }

    [Fact]
    public void Node_whose_own_store_steps_an_hour_ahead_accounts_for_that_hour_and_goes_on()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(10.5);
        StepAll(scene, TimeSpan.FromHours(1));
        scene.Pass(30);

        var due = Due(scene);
        Assert.Equal(due.Distinct(), due);
        Assert.Equal(Enumerable.Range(1, 10), due.Where(static second => second <= 10));
        Assert.Equal(Enumerable.Range(3_611, 30), due.Where(static second => second > 3_610));
    }

    [Fact]
    public void Node_whose_own_store_steps_an_hour_back_runs_nothing_twice_and_goes_on_when_that_hour_is_over()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(10.5);
        StepAll(scene, TimeSpan.FromHours(-1));
        scene.Pass(3_630);

        Assert.Equal(Enumerable.Range(1, 40), Due(scene));
    }

    [Fact]
    public void Duration_of_code_that_is_given_up_after_the_clock_was_stepped_back_is_how_long_it_ran()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", new CodeScript(TimeSpan.FromSeconds(60), IsDeaf: true));
        scene.Put(Sample.OnDemand(d => d with { Timeout = TimeSpan.FromSeconds(3) }));
        scene.Trigger("job");
        scene.Node().Wall.Step(TimeSpan.FromHours(-1));
        scene.Pass(10);
        Assert.InRange(scene.Attempts("job").Single().Result!.DurationMicroseconds!.Value, 8_000_000, 8_010_000);
    }

    /// <summary>The store of a node that is alone has no other clock than the node.</summary>
    private static void StepAll(Scene scene, TimeSpan step)
    {
        scene.Node().Wall.Step(step);
        scene.StoreClock.Step(step);
    }

    private static IReadOnlyList<int> Due(Scene scene)
    {
        return [.. scene.Outside.Of("job").Select(static s => (int)(s.Key.ScheduledAt - Scene.Noon).TotalSeconds).Order()];
    }

    [Fact]
    public void Occurrence_that_a_step_of_the_stores_clock_brings_closer_starts_half_a_minute_late_at_most()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1_800));
        scene.Pass(60);
        scene.StoreClock.Step(TimeSpan.FromMinutes(20));
        scene.Pass(TimeSpan.FromMinutes(9.6));
        Assert.InRange((Assert.Single(scene.Outside.Starts).At - Scene.Noon).TotalSeconds, 1_800, 1_830);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Job_that_is_made_again_after_the_stores_clock_was_set_back_runs_on(bool isKilled)
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(10));
        scene.Trigger("job");
        scene.Pass(65);
        scene.StoreClock.Step(TimeSpan.FromSeconds(-40));
        scene.Pass(5);
        scene.Remove("job");
        scene.Put(Sample.Every(10));
        if (isKilled)
        {
            scene.Pass(12);
            scene.Kill();
            scene.Start();
        }

        scene.Pass(120);

        var occurrences = scene.Attempts("job").Where(a => a.Trigger == TriggerKind.Schedule).Select(a => (a.Key.ScheduledAt - Scene.Noon).TotalSeconds);
        Assert.Equal(Enumerable.Range(1, 14).Select(static n => n * 10.0), occurrences.Order().Take(14)); // each once
    }
}
