using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Bounds of an execution and of a job: retries and losses, total timeout, start limits.</summary>
public sealed class LimitScenes
{
    [Fact]
    public void Deaths_of_nodes_leave_an_execution_all_of_its_retries()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", start => start.Key.Attempt <= 3 ? Sample.Takes(3_600) : Sample.Fails);
        scene.Put(Sample.OnDemand(d => d with { Retry = Twice }));
        scene.Trigger("job");
        for (var life = 0; life < 3; life++)
        {
            scene.Pass(10);
            scene.Kill();
            scene.Start();
        }

        scene.Pass(30);
        Assert.Equal([1, 2, 3, 4, 5, 6], scene.Outside.Starts.Select(s => s.Key.Attempt));
        Assert.Equal([0, 1, 2, 3, 3, 3], scene.Attempts("job").Select(a => a.Losses));
        Assert.Equal((1L, 1L, 0L), (scene.Books("job").Planned, scene.Books("job").Outcomes.Failed, scene.Books("job").Outcomes.Lost));
    }

    [Fact]
    public void Error_that_the_job_does_not_retry_fails_it_at_once()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Fails);
        scene.Put(Sample.OnDemand(d => d with { Retry = Twice with { Except = ["System.InvalidOperation*"] } }));
        scene.Trigger("job");
        scene.Pass(30);

        Assert.Single(scene.Outside.Starts);
        Assert.Equal(1, scene.Books("job").Outcomes.Failed);
    }

    [Fact]
    public void Execution_that_runs_beyond_its_total_timeout_is_cancelled_in_its_second_attempt()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", start => start.Key.Attempt == 1 ? Sample.Takes(4) with { Problem = "it broke" } : Sample.Takes(60));
        scene.Put(Sample.OnDemand(d => d with { Retry = Twice, TotalTimeout = TimeSpan.FromSeconds(10) }));
        scene.Trigger("job");
        scene.Pass(30);

        var rows = scene.Attempts("job");
        Assert.Equal([Outcome.Failed, Outcome.TimedOut], rows.Select(a => a.Result!.Outcome));
        Assert.Equal("total_timeout", rows[1].Result!.Reason);
        Assert.Equal(10, (rows[1].FinishedAt!.Value - rows[0].StartedAt!.Value).TotalSeconds, tolerance: 0.1);
        Assert.Equal((1L, 1L), (scene.Books("job").Planned, scene.Books("job").Outcomes.TimedOut));
    }

    [Fact]
    public void Retry_that_finds_no_slot_until_its_total_timeout_ends_without_a_start_also_after_a_restart()
    {
        var scene = Sample.Started(new SceneOptions { Slots = 1 });
        scene.Outside.Script("job", Sample.Fails);
        scene.Outside.Script("other", Sample.Takes(600));
        scene.Outside.Script("third", Sample.Takes(600));
        scene.Put(Sample.OnDemand(d => d with { Retry = Twice with { WaitMin = TimeSpan.FromSeconds(15) }, TotalTimeout = TimeSpan.FromSeconds(20) }));
        scene.Put(Sample.OnDemand(id: "other"));
        scene.Trigger("job");
        scene.Pass(1);
        scene.Trigger("other");
        scene.Pass(8);
        scene.Kill();
        scene.Start();
        scene.Put(Sample.OnDemand(id: "third"));
        scene.Trigger("third"); // has the only slot before the retry is due
        scene.Pass(13);

        var rows = scene.Attempts("job");
        Assert.Equal([Outcome.Failed, Outcome.TimedOut], rows.Select(a => a.Result!.Outcome));
        Assert.Equal((null, "total_timeout"), (rows[1].StartedNo, rows[1].Result!.Reason));
        Assert.Equal(20, (rows[1].FinishedAt!.Value - rows[0].StartedAt!.Value).TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public void Job_with_a_start_limit_never_starts_more_often_and_waits_with_cause_limit()
    {
        var scene = Sample.Started();
        scene.Put(Sample.Every(1, d => d with
        {
            Overlap = OverlapPolicy.Queue,
            Misfire = MisfirePolicy.RunAll,
            StartLimit = new StartLimit { Starts = 3, Per = TimeSpan.FromSeconds(10) },
        }));
        scene.Pass(40);
        for (var i = 0; i < 3; i++)
        {
            scene.Trigger("job"); // counts like an occurrence
        }

        scene.Pass(40);
        var starts = scene.Attempts("job").Where(a => a.StartedAt is not null).Select(a => a.StartedAt!.Value).ToArray();
        Assert.All(starts.Zip(starts.Skip(3)), p => Assert.True(p.Second - p.First >= TimeSpan.FromSeconds(10), $"{p}"));
        Assert.Equal(24, starts.Length);
        Assert.Equal(WaitCause.Limit, scene.Attempts("job")[6].WaitCause);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Start_limit_of_a_job_counts_the_starts_before_a_restart(bool isKilled)
    {
        var scene = Sample.Started();
        scene.Put(Sample.OnDemand(d => d with { StartLimit = new StartLimit { Starts = 3, Per = TimeSpan.FromSeconds(60) } }));
        for (var i = 0; i < 3; i++)
        {
            scene.Trigger("job");
            scene.Pass(1);
        }

        if (isKilled)
        {
            scene.Kill();
        }
        else
        {
            scene.Stop();
        }

        scene.Start();
        scene.Trigger("job");
        scene.Pass(55);
        Assert.Equal(3, scene.Outside.Starts.Count);
        scene.Pass(10);
        Assert.Equal(60, (scene.Outside.Starts[3].At - scene.Outside.Starts[0].At).TotalSeconds, tolerance: 0.1);
    }

    [Fact]
    public void Queue_with_a_start_limit_holds_its_jobs_back_and_no_others()
    {
        var limit = new StartLimit { Starts = 2, Per = TimeSpan.FromSeconds(10) };
        var scene = Sample.Started(new SceneOptions { QueueLimits = new Dictionary<string, StartLimit>(StringComparer.Ordinal) { ["slow"] = limit } });
        for (var i = 0; i < 4; i++)
        {
            scene.Put(Sample.OnDemand(d => d with { Queue = "slow" }, id: $"slow-{i}"));
            scene.Put(Sample.OnDemand(id: $"other-{i}"));
        }

        for (var i = 0; i < 4; i++)
        {
            scene.Trigger($"slow-{i}");
            scene.Trigger($"other-{i}");
        }

        scene.Pass(5);
        Assert.Equal(["other-0", "other-1", "other-2", "other-3", "slow-0", "slow-1"], scene.Outside.Starts.Select(s => s.Key.JobId).Order());
        scene.Pass(10);
        Assert.Equal(8, scene.Outside.Starts.Count);
        Assert.Equal((WaitCause.None, WaitCause.Limit), (scene.Attempts("slow-1")[0].WaitCause, scene.Attempts("slow-2")[0].WaitCause));
    }

    [Fact]
    public void Jobs_that_are_far_behind_do_not_hold_up_one_that_is_on_time()
    {
        var scene = Sample.Started(new SceneOptions { Slots = 1 });
        scene.Put(Sample.Every(7, id: "on-time"));
        var behind = Enumerable.Range(0, 5).Select(static i => $"behind-{i}").ToArray();
        foreach (var id in behind)
        {
            scene.Outside.Script(id, Sample.Takes(1));
            scene.Put(Sample.Every(0.5, static d => d with { Overlap = OverlapPolicy.Allow }, id));
        }

        scene.Pass(70);

        Assert.All(behind, id => Assert.True(Lag(id) > TimeSpan.FromSeconds(40), $"{id} was only {Lag(id)} behind"));
        Assert.All(behind, id => Assert.InRange(scene.Attempts(id).Count, 10, 16));
        Assert.True(scene.Attempts("on-time").Count >= 9, $"it ran {scene.Attempts("on-time").Count} times");
        Assert.True(Lag("on-time") <= TimeSpan.FromSeconds(1.5), $"it was {Lag("on-time")} late, and the slot is free every second");

        TimeSpan Lag(string job)
        {
            return scene.Attempts(job).Max(a => (a.StartedAt ?? a.DueAt) - a.DueAt);
        }
    }

    private static RetryPolicy Twice => new() { Attempts = 2, Strategy = RetryStrategy.Fixed, WaitMin = TimeSpan.FromSeconds(2) };
}
