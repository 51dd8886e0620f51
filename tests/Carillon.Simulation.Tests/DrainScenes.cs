using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>How a node leaves.</summary>
public sealed class DrainScenes
{
    [Fact]
    public void Node_that_leaves_under_load_records_the_end_of_everything_it_has_started()
    {
        var scene = Loaded();
        scene.Stop();

        Assert.All(scene.Database.Attempts, a => Assert.Equal(Outcome.Succeeded, a.Result?.Outcome));
        Assert.Equal(scene.Database.Attempts.Count, scene.Outside.Starts.Count);
        Assert.All(scene.Database.Shards, s => Assert.Null(s.Owner));
    }

    [Fact]
    public void Nodes_that_leave_together_record_the_end_of_everything_they_have_started()
    {
        string[] names = ["a", "b", "c"];
        var scene = new Scene(new SceneOptions { Shards = 6 });
        Array.ForEach(names, name => scene.Start(name));
        scene.Pass(20); // every node has its shards
        foreach (var id in Enumerable.Range(0, 24).Select(static i => $"job-{i}"))
        {
            scene.Outside.Script(id, Sample.Takes(scene.Outside.Starts.Count % 4));
            scene.Put(Sample.OnDemand(id: id));
            scene.Trigger(id);
        }

        var told = scene.Now;
        var stops = names.Select(scene.BeginStop).ToArray();
        Array.ForEach(stops, stop => scene.Finish(stop));

        Assert.All(scene.Database.Attempts, static a => Assert.Equal(Outcome.Succeeded, a.Result?.Outcome));
        Assert.Equal(24, scene.Outside.Starts.Count);
        Assert.True(scene.Now - told < TimeSpan.FromSeconds(10), $"it took {scene.Now - told}");
    }

    [Fact]
    public void Node_that_cannot_wait_gives_its_runs_up_and_its_successor_runs_them_again()
    {
        var scene = Loaded(new SceneOptions { DrainTime = TimeSpan.FromMilliseconds(1) });
        scene.Stop();
        Assert.All(scene.Database.Attempts.Where(a => a.StartedNo is not null), a => Assert.NotNull(a.Result));
        Assert.Contains(scene.Database.Attempts, a => a.Result is { Outcome: Outcome.Lost, Reason: "shutdown", Final: false });

        scene.Start();
        scene.Pass(5);
        Assert.All(scene.Database.Jobs, j => Assert.Equal(0, scene.Books(j.Id).Outcomes.Lost));
    }

    [Theory]
    [InlineData(StoreFault.FailBefore)]
    [InlineData(StoreFault.FailAfter)]
    public void Node_whose_terms_end_while_it_leaves_still_records_every_end(StoreFault fault)
    {
        var scene = Loaded();
        scene.Faults.DecideAppend = _ =>
        {
            scene.Faults.DecideAppend = static _ => StoreFault.None;
            return fault;
        };
        scene.Stop();

        Assert.All(scene.Database.Attempts, a => Assert.NotNull(a.Result));
        Assert.True(scene.Now < Scene.Noon.AddSeconds(10), "the node left only when its drain time was over");
    }

    [Fact]
    public void Job_removed_while_its_node_leaves_does_not_hold_it_up()
    {
        var scene = Loaded();
        scene.Faults.ReplyDelay = TimeSpan.FromMilliseconds(200);
        var removed = scene.Begin(jobs => jobs.RemoveAsync("job-3"));
        var stopped = scene.BeginStop();
        scene.Finish(stopped);

        Assert.True(removed.IsDone);
        Assert.True(scene.Now < Scene.Noon.AddSeconds(10), "the node left only when its drain time was over");
    }

    /// <summary>Twenty jobs due every second, each running for 700 ms, caught in the middle.</summary>
    private static Scene Loaded(SceneOptions? options = null)
    {
        var scene = Sample.Started(options);
        for (var job = 0; job < 20; job++)
        {
            scene.Outside.Script($"job-{job}", Sample.Takes(0.7));
            scene.Put(Sample.Every(1, id: $"job-{job}"));
        }

        scene.Pass(Scene.Noon.AddSeconds(3.3) - scene.Now);
        Assert.Equal(20, scene.Worker().Running);
        return scene;
    }
}
