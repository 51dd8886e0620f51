using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>What becomes of an attempt: retries, timeouts, and the end of its job.</summary>
public sealed class AttemptScenes
{
    [Theory]
    [InlineData(RetryStrategy.Fixed, new[] { 0.0, 2.0, 2.0, 2.0 })]
    [InlineData(RetryStrategy.Exponential, new[] { 0.0, 2.0, 4.0, 5.0 })]
    public void Attempt_that_fails_is_tried_again_after_each_wait_until_it_succeeds(RetryStrategy strategy, double[] waits)
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", start => start.Key.Attempt == 4 ? CodeScript.Instant : Sample.Fails);
        scene.Put(Sample.OnDemand(d => d with { Retry = Retry(strategy) }));
        scene.Trigger("job");
        scene.Pass(30);

        var rows = scene.Attempts("job");
        Assert.Equal([1, 2, 3, 4], rows.Select(r => r.Key.Attempt));
        Assert.Equal([Outcome.Failed, Outcome.Failed, Outcome.Failed, Outcome.Succeeded], rows.Select(r => r.Result!.Outcome));
        Assert.Equal(waits.Skip(1), rows.Zip(rows.Skip(1), (a, b) => Math.Round((b.StartedAt!.Value - a.FinishedAt!.Value).TotalSeconds, 2)));
        Assert.Equal((1L, 1L, 0L, 3L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Outcomes.Failed, scene.Books("job").Retries));
    }

    [Fact]
    public void Attempt_that_fails_every_time_fails_for_good_when_its_retries_are_used_up()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Fails);
        scene.Put(Sample.OnDemand(d => d with { Retry = Retry(RetryStrategy.Fixed) }));
        scene.Trigger("job");
        scene.Pass(30);

        Assert.Equal([false, false, false, true], scene.Attempts("job").Select(r => r.Result!.Final));
        Assert.Equal("it broke", scene.Statistics("job").LastError);
        Assert.Equal((1L, 1L, 4L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Failed, scene.Books("job").Durations));
    }

    [Fact]
    public void Execution_that_waits_for_its_retry_holds_back_the_next_occurrence_under_skip()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", start => start.Key.Attempt == 1 ? Sample.Fails : CodeScript.Instant);
        scene.Put(Sample.Every(1, d => d with { Retry = new RetryPolicy { Attempts = 1, Strategy = RetryStrategy.Fixed, WaitMin = TimeSpan.FromSeconds(2.5) } }));
        scene.Pass(4.1);

        Assert.Equal(2, Assert.Single(scene.Runs("job")).Count);
        Assert.Equal((4L, 1L, 2L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Succeeded, scene.Books("job").Outcomes.Skipped, scene.Books("job").Open));
    }

    [Fact]
    public void Code_that_obeys_its_timeout_ends_as_timed_out_at_once()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(60));
        scene.Put(Sample.OnDemand(d => d with { Timeout = TimeSpan.FromSeconds(3) }));
        scene.Trigger("job");
        scene.Pass(3.1);

        var row = Assert.Single(scene.Attempts("job"));
        Assert.Equal((Outcome.TimedOut, 3_000_000L), (row.Result!.Outcome, row.Result.DurationMicroseconds));
        Assert.Equal(0, scene.Worker().Active);
    }

    [Fact]
    public void Code_that_ignores_its_timeout_ends_without_it_and_keeps_its_slot_until_it_returns()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", new CodeScript(TimeSpan.FromSeconds(60), IsDeaf: true));
        scene.Put(Sample.OnDemand(d => d with { Timeout = TimeSpan.FromSeconds(3) }));
        scene.Trigger("job");
        scene.Pass(8.1);
        Assert.Equal((Outcome.TimedOut, 8_000_000L), (scene.Attempts("job")[0].Result!.Outcome, scene.Attempts("job")[0].Result!.DurationMicroseconds!.Value / 100_000 * 100_000));
        Assert.Equal((1, 0), (scene.Worker().Active, scene.Worker().Unrecorded));

        scene.Pass(60);
        Assert.Equal((0, 0), (scene.Worker().Active, scene.Worker().Running));
        Assert.Single(scene.Attempts("job"));
    }

    [Fact]
    public void Job_deleted_while_it_runs_ends_its_run_as_cancelled_and_leaves_its_counts_to_the_totals()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(60));
        scene.Put(Sample.Every(1));
        scene.Pass(3.5);
        scene.Remove("job");
        scene.Pass(1);

        Assert.Equal((Outcome.Cancelled, "deleted"), (scene.Attempts("job")[0].Result!.Outcome, scene.Attempts("job")[0].Result!.Reason));
        var left = scene.Gather().Select(p => p.Retired).Single(r => r.Planned > 0);
        Assert.Equal((3L, 1L, 2L, 0L), (left.Planned, left.Outcomes.Cancelled, left.Outcomes.Skipped, left.Open));
        Assert.Equal((0, 0, 0), (scene.Worker().Active, scene.Worker().Running, scene.Worker().Unrecorded));
    }

    [Fact]
    public void Job_deleted_and_made_again_counts_from_nothing()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1));
        scene.Pass(3.5);
        scene.Remove("job");
        scene.Put(Sample.Every(1));
        scene.Pass(2);
        Assert.Equal(2, scene.Books("job").Planned);

        scene.Stop();
        scene.Start();
        scene.Pass(0.2);
        Assert.Equal(2, scene.Books("job").Planned);
    }

    [Fact]
    public void Job_deleted_while_its_start_is_on_its_way_is_gone_as_soon_as_the_start_is_recorded()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(600));
        scene.Put(Sample.Every(5));
        scene.Pass(4.5);
        scene.Faults.ReplyDelay = TimeSpan.FromSeconds(1);
        scene.Pass(1);
        var removed = scene.Begin(jobs => jobs.RemoveAsync("job"));
        scene.Pass(4);

        Assert.True(removed.IsDone, "the removal waits for the end of the run");
        Assert.Equal(Outcome.Cancelled, Assert.Single(scene.Attempts("job")).Result?.Outcome);
    }

    private static RetryPolicy Retry(RetryStrategy strategy)
    {
        return new RetryPolicy { Attempts = 3, Strategy = strategy, WaitMin = TimeSpan.FromSeconds(2), WaitMax = TimeSpan.FromSeconds(5) };
    }
}
