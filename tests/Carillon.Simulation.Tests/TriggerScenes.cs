using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Runs that a person or program asks for.</summary>
public sealed class TriggerScenes
{
    [Fact]
    public void Trigger_of_a_paused_job_runs_it_once_with_its_payload()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pause("job");
        var id = scene.Trigger("job", payload: "{\"a\":1}");
        scene.Pass(3);

        var start = Assert.Single(scene.Outside.Of("job"));
        Assert.Equal((id, "{\"a\":1}"), (start.Key.ExecutionId, start.Payload));
        Assert.Equal(TriggerKind.Manual, Assert.Single(scene.Attempts("job")).Trigger);
    }

    [Fact]
    public void Trigger_with_a_used_key_answers_with_the_first_execution()
    {
        var scene = Sample.Started();
        scene.Put(Sample.OnDemand());
        var first = scene.Trigger("job", key: "k");
        scene.Pass(3_600);
        Assert.Equal(first, scene.Trigger("job", key: "k"));
        Assert.NotEqual(first, scene.Trigger("job", key: "l"));

        scene.Stop();
        scene.Start();
        Assert.Equal(first, scene.Trigger("job", key: "k"));
        scene.Pass(1);
        Assert.Equal(2, scene.Outside.Of("job").Count);
    }

    [Fact]
    public void Trigger_with_a_key_that_has_expired_runs_again()
    {
        var scene = Sample.Started();
        scene.Put(Sample.OnDemand());
        var first = scene.Trigger("job", key: "k");
        scene.Time.Advance(TimeSpan.FromHours(25));
        Assert.NotEqual(first, scene.Trigger("job", key: "k"));
    }

    [Fact]
    public void Triggers_with_one_key_that_are_both_in_flight_make_one_execution()
    {
        var scene = Sample.Started();
        scene.Put(Sample.OnDemand());
        scene.Faults.RequestDelay = TimeSpan.FromMilliseconds(200);
        var first = scene.Begin(jobs => jobs.TriggerAsync("job", null, "k"));
        var second = scene.Begin(jobs => jobs.TriggerAsync("job", null, "k"));
        scene.Pass(1);

        Assert.Equal(JobReplyStatus.Done, first.Answer.Status);
        Assert.Equal(first.Answer.ExecutionId, second.Answer.ExecutionId);
        Assert.Single(scene.Outside.Of("job"));
    }

    [Fact]
    public void Trigger_during_a_run_waits_for_its_end_under_skip()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(5));
        scene.Put(Sample.OnDemand());
        scene.Trigger("job");
        scene.Pass(1);
        scene.Trigger("job");
        scene.Trigger("job");
        Assert.Equal((3L, 3L, 1L), (scene.Books("job").Planned, scene.Books("job").Open, scene.Books("job").Running));

        scene.Pass(9);
        Assert.Equal([0, 5], scene.Outside.Of("job").Select(s => Math.Floor((s.At - Scene.Noon).TotalSeconds)));
        scene.Pass(10);
        Assert.Equal(3, scene.Books("job").Outcomes.Succeeded);
    }

    [Fact]
    public void Trigger_of_an_unknown_job_is_answered_as_not_found()
    {
        var scene = Sample.Started();
        Assert.Equal(JobReplyStatus.NotFound, scene.Do(jobs => jobs.TriggerAsync("nobody")).Status);
    }
}
