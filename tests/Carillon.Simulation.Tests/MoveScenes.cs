using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>Shards that go from one living node to another, and what is on its way to them.</summary>
public sealed class MoveScenes
{
    /// <summary>Of every shard at least one.</summary>
    private static readonly string[] Ids = [.. Enumerable.Range(0, 24).Select(static i => $"job-{i}")];

    [Fact]
    public void Run_goes_on_where_it_is_while_its_shard_moves_and_the_next_owner_records_its_end()
    {
        var scene = Sample.Started(new SceneOptions { Shards = 6, Slots = Ids.Length });
        foreach (var id in Ids)
        {
            scene.Outside.Script(id, Sample.Takes(30));
            scene.Put(Sample.OnDemand(id: id));
            scene.Trigger(id);
        }

        scene.Start("b");
        scene.Pass(10);
        var moved = Ids.Where(id => OwnerOf(scene, id) == scene.Node("b").Incarnation).ToArray();
        Assert.NotEmpty(moved);
        scene.Pass(25);

        Assert.All(Ids, id =>
        {
            var attempt = Assert.Single(scene.Attempts(id));
            Assert.Equal((Outcome.Succeeded, scene.Node("a").Incarnation), (attempt.Result?.Outcome, attempt.Node));
            Assert.Single(scene.Outside.Of(id));
        });
    }

    [Fact]
    public void Command_that_goes_to_an_owner_that_has_given_the_shard_away_finds_the_next_one()
    {
        var scene = Sample.Started(new SceneOptions { Shards = 6, HasOwnFaults = true });
        scene.Start("b");
        foreach (var id in Ids)
        {
            scene.Put(Sample.OnDemand(id: id));
        }

        scene.Pass(10);
        scene.Start("c");
        var before = scene.Database.Shards.ToDictionary(static shard => shard.Id);
        var replies = new List<Pending<JobReply>>();
        for (var time = 0; time < 8_000; time += 20)
        {
            // Where the commands are given, nothing is learnt of the move for a while.
            scene.Node("a").Store.Faults.Decide = call => call is "read_shards" && time is > 4_500 and < 7_000 ? StoreFault.FailBefore : StoreFault.None;
            replies.Add(scene.Begin(jobs => jobs.TriggerAsync(Ids[replies.Count % Ids.Length])));
            scene.Pass(0.02);
        }

        scene.Pass(2);
        var moved = scene.Database.Shards.Where(shard => before[shard.Id] is var was && was.Owner == scene.Node("b").Incarnation && was != shard);
        Assert.NotEmpty(moved);
        Assert.All(replies, static reply => Assert.Equal(JobReplyStatus.Done, reply.Answer.Status));
        Assert.Equal(replies.Count, Ids.Sum(id => scene.Attempts(id).Count));
        Assert.Equal(replies.Count, scene.Outside.Starts.Count);
    }

    private static Guid? OwnerOf(Scene scene, string jobId)
    {
        var shard = ShardHash.Of(jobId, scene.Options.Shards);
        return scene.Database.Shards.Single(row => row.Id == shard).Owner;
    }
}
