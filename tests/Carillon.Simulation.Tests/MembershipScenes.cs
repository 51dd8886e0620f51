using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Who joins, who is taken for dead, and on what evidence.</summary>
public sealed class MembershipScenes
{
    private const string Pooler = "a pooler stands before it";

    [Fact]
    public void Process_that_was_killed_and_starts_again_takes_its_name_back_at_once()
    {
        var scene = Sample.Started();
        scene.Kill();
        var killed = scene.Now;

        scene.Start();

        Assert.True(scene.Now - killed < TimeSpan.FromSeconds(1), $"it took {scene.Now - killed}");
        Assert.Equal([NodeStatus.Dead, NodeStatus.Up], scene.Database.Nodes.OrderBy(static n => n.StartedAt).Select(static n => n.Status));
    }

    [Fact]
    public void Process_that_starts_again_where_sessions_prove_nothing_waits_for_a_lease()
    {
        var scene = Sample.Started();
        scene.Database.SessionDoubt = Pooler;
        scene.Kill();
        var killed = scene.Now;

        scene.Start();

        Assert.InRange(scene.Now - killed, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7));
        Assert.Contains(scene.Log.Lines, l => l.Contains(Pooler, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Pooler)]
    public void Node_that_starts_under_the_name_of_a_living_one_is_refused_naming_it(string? doubt)
    {
        var scene = Sample.Started();
        var living = scene.Node();
        scene.Database.SessionDoubt = doubt;

        var refused = Assert.Throws<NodeConflictException>(() => scene.Start());

        Assert.Equal(living.Incarnation, refused.Holder.Incarnation);
        Assert.Contains("in use by http://a", refused.Message, StringComparison.Ordinal);
        Assert.Equal(NodeStatus.Up, Assert.Single(scene.Database.Nodes).Status);
    }

    [Fact]
    public void Killed_node_is_declared_dead_at_once_and_its_shards_go_on_elsewhere()
    {
        var scene = Pair(out var victim, out var survivor);
        scene.Put(Sample.Every(1));
        scene.Pass(8.5); // nothing is open
        scene.Kill(victim);
        var killed = scene.Now;

        scene.Pass(1.5);
        Assert.Equal([survivor], scene.Database.Shards.Select(s => NameOf(scene, s.Owner)));
        Assert.Equal(NodeStatus.Dead, RowOf(scene, victim).Status);
        Assert.True(RowOf(scene, victim).LeaseUntil > scene.Now, "the lease did not stay");

        scene.Pass(1);
        Assert.Contains(scene.Outside.Starts, s => s.At > killed);
    }

    [Fact]
    public void Open_attempt_of_a_node_declared_dead_early_is_resolved_only_after_its_lease()
    {
        var scene = Pair(out var victim, out _);
        scene.Outside.Script("job", Sample.Takes(600));
        scene.Put(Sample.OnDemand());
        scene.Trigger("job");
        scene.Pass(8);
        Assert.Single(scene.Outside.Starts);
        scene.Kill(victim);

        scene.Pass(1.5);
        var lease = RowOf(scene, victim).LeaseUntil;
        scene.Pass(lease - scene.Now - TimeSpan.FromMilliseconds(1));
        Assert.Null(Assert.Single(scene.Attempts("job")).Result);

        scene.Pass(3);
        Assert.Equal([1, 2], scene.Outside.Starts.Select(static s => s.Key.Attempt));
        Assert.True(scene.Outside.Starts[1].At >= lease, "it ran again before the lease of the dead node had passed");
        Assert.Equal(Outcome.Lost, scene.Attempts("job")[0].Result!.Outcome);
    }

    [Fact]
    public void Killed_node_is_declared_dead_after_its_lease_where_sessions_prove_nothing()
    {
        var scene = Pair(out var victim, out var survivor);
        scene.Database.SessionDoubt = Pooler;
        scene.Pass(8);
        scene.Kill(victim);
        var lease = RowOf(scene, victim).LeaseUntil;

        scene.Pass(lease - scene.Now);
        Assert.Equal(NodeStatus.Up, RowOf(scene, victim).Status);

        scene.Pass(2);
        Assert.Equal(NodeStatus.Dead, RowOf(scene, victim).Status);
        Assert.Equal([survivor], scene.Database.Shards.Select(s => NameOf(scene, s.Owner)));
    }

    [Fact]
    public void Server_that_starts_anew_ends_every_session_and_nobody_is_taken_for_dead()
    {
        var scene = Pair(out _, out _);
        scene.Pass(8);
        for (var moment = 0; moment < 20; moment++)
        {
            scene.Database.EndSessions();
            scene.Pass(0.73);
        }

        scene.Pass(20);
        Assert.All(scene.Database.Nodes, static n => Assert.Equal(NodeStatus.Up, n.Status));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public void Store_that_was_away_makes_nobody_judge_until_own_renewals_have_worked_for_a_lease(double seconds)
    {
        var scene = Pair(out var victim, out var survivor);
        scene.Pass(8);
        scene.Faults.Decide = static _ => StoreFault.FailBefore;
        scene.Pass(seconds);
        scene.Kill(victim);
        scene.Faults.Decide = static _ => StoreFault.None;

        scene.Pass(5.5);
        Assert.Equal(NodeStatus.Up, RowOf(scene, victim).Status);

        scene.Pass(3);
        Assert.Equal(NodeStatus.Dead, RowOf(scene, victim).Status);
        Assert.Equal(NodeStatus.Up, RowOf(scene, survivor).Status);
    }

    [Fact]
    public void Store_that_was_away_kills_nobody()
    {
        var scene = Pair(out _, out _);
        scene.Pass(8);
        scene.Faults.Decide = static _ => StoreFault.FailBefore;
        scene.Pass(60);
        scene.Faults.Decide = static _ => StoreFault.None;
        scene.Pass(30);

        Assert.All(scene.Database.Nodes, static n => Assert.Equal(NodeStatus.Up, n.Status));
    }

    [Fact]
    public void What_another_node_ran_is_resolved_after_its_death_although_nothing_else_wakes_the_job()
    {
        var scene = Pair(out var owner, out var helper, slots: 1);
        foreach (var id in (string[])["here", "there"])
        {
            scene.Outside.Script(id, Sample.Takes(60));
            scene.Put(Sample.OnDemand(id: id));
            scene.Trigger(id);
        }

        scene.Pass(10);
        Assert.Equal([owner, helper], scene.Database.Attempts.OrderBy(static a => a.Key.JobId, StringComparer.Ordinal).Select(a => NameOf(scene, a.Node)));
        scene.Kill(helper);
        scene.Pass(8);

        Assert.Equal(Outcome.Lost, scene.Attempts("there")[0].Result?.Outcome);
    }

    [Fact]
    public void Shards_that_are_handed_over_are_given_up_once_and_nothing_has_failed()
    {
        const int Shards = 64;
        var scene = new Scene(new SceneOptions { Shards = Shards });
        scene.Start("a");
        scene.Pass(1);
        scene.Start("b");

        scene.Pass(15);

        var moved = scene.Database.Shards.Count(s => NameOf(scene, s.Owner) == "b");
        Assert.InRange(moved, Shards / 3, Shards * 2 / 3);
        Assert.Equal(Shards + (2 * moved), scene.Database.Shards.Sum(static s => s.Epoch)); // released and claimed
        Assert.Empty(scene.Log.Lines);
    }

    /// <summary>Two nodes and one shard, which stays with the victim: it starts first, and the shard is placed on it.</summary>
    private static Scene Pair(out string victim, out string survivor, int slots = 32)
    {
        victim = Placement.Of(["a", "b"], 1).OwnerOf(0)!;
        survivor = victim == "a" ? "b" : "a";
        var scene = new Scene(new SceneOptions { Shards = 1, Slots = slots });
        scene.Start(victim);
        scene.Pass(1);
        scene.Start(survivor);
        return scene;
    }

    private static NodeRow RowOf(Scene scene, string name)
    {
        return scene.Database.Nodes.Single(n => string.Equals(n.Name, name, StringComparison.Ordinal));
    }

    private static string? NameOf(Scene scene, Guid? incarnation)
    {
        return scene.Database.Nodes.SingleOrDefault(n => n.Incarnation == incarnation)?.Name;
    }
}
