using Carillon.Cluster;

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
}
