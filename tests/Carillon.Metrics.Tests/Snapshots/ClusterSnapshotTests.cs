using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class ClusterSnapshotTests
{
    [Fact]
    public void Totals_are_all_jobs_and_what_deleted_ones_left()
    {
        var first = new Facts();
        first.Save("b");
        first.Save("gone");
        first.Run("b", 0, Outcome.Succeeded, 10);
        first.Run("gone", 0, Outcome.Failed, 20);
        first.Delete("gone");
        var second = new Facts();
        second.Save("a");
        second.Run("a", 0, Outcome.TimedOut, 30);

        var snapshot = ClusterSnapshot.Merge(
            [Parts.Of(first, shard: 0), Parts.Of(second, shard: 1)], Parts.Cluster(shards: 2));

        Assert.Equal(["a", "b"], snapshot.Jobs.Select(static job => job.JobId), StringComparer.Ordinal);
        Assert.Equal(3, snapshot.Totals.Outcomes.TotalRuns);
        Assert.Equal(2, snapshot.Totals.Outcomes.Failure);
        Assert.Equal(60, snapshot.Totals.DurationMicroseconds);
        Assert.Equal(0.03, snapshot.ExecutionsPerSecond, 12);
        Assert.True(snapshot.IsComplete);
    }

    [Fact]
    public void Missing_shard_makes_the_snapshot_incomplete()
    {
        var snapshot = ClusterSnapshot.Merge([Parts.Of(new Facts(), shard: 1)], Parts.Cluster(shards: 2));

        Assert.Equal(1, snapshot.ShardsKnown);
        Assert.False(snapshot.IsComplete);
    }

    [Fact]
    public void Two_parts_of_one_shard_the_later_epoch_counts()
    {
        var old = new Facts();
        old.Save("a");
        var current = new Facts();
        current.Save("a");
        current.Run("a", 0, Outcome.Succeeded, 1);

        var snapshot = ClusterSnapshot.Merge(
            [Parts.Of(old, epoch: 4), Parts.Of(current, epoch: 5), Parts.Of(old, epoch: 3)], Parts.Cluster());

        Assert.Equal(1, Assert.Single(snapshot.Jobs).Counts.Outcomes.Succeeded);
    }

    [Fact]
    public void Part_of_another_generation_is_refused()
    {
        var part = Parts.Of(new Facts(), generation: 2);

        var problem = Assert.Throws<ArgumentException>(() => ClusterSnapshot.Merge([part], Parts.Cluster())).Message;
        Assert.Contains("generation 2", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Part_of_a_shard_that_does_not_exist_is_refused(int shard)
    {
        var part = Parts.Of(new Facts(), shard);

        var refused = Assert.Throws<ArgumentException>(() => ClusterSnapshot.Merge([part], Parts.Cluster(shards: 2)));
        Assert.Contains($"no shard {shard}; allowed are 0 to 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_lags_are_added_up_over_shards_and_every_cause_is_there_from_zero()
    {
        var first = new Facts();
        first.Save("a", "billing");
        first.Begin("a", 0, lag: 1, cause: WaitCause.Queue);
        var second = new Facts();
        second.Save("b", "billing");
        second.Save("c", null);
        second.Begin("b", 0, lag: 2, cause: WaitCause.Queue);

        var lags = ClusterSnapshot.Merge([Parts.Of(first, 0), Parts.Of(second, 1)], Parts.Cluster(shards: 2)).StartLags;

        Assert.Equal(6, lags.Count(static lag => lag.Category is "billing"));
        Assert.Equal(6, lags.Count(static lag => lag.Category is "unknown"));
        Assert.Equal(12, lags.Count);
        Assert.Equal(3_000_000, lags.Single(static lag => lag.Lag.Count == 2).Lag.SumMicroseconds);
        Assert.Equal(11, lags.Count(static lag => lag.Lag.Count == 0));
    }

    [Fact]
    public void Queues_and_nodes_of_one_name_become_one()
    {
        var facts = Parts.Cluster() with
        {
            Nodes = [Parts.Node("b"), Parts.Node("a", NodeStatus.Dead, age: 9), Parts.Node("a", NodeStatus.Up, age: 1)],
            Queues =
            [
                new QueueFacts("default", 2, TimeSpan.FromSeconds(5)),
                new QueueFacts("default", 3, TimeSpan.FromSeconds(4)),
            ],
        };

        var merged = ClusterSnapshot.Merge([], facts).Facts;

        Assert.Equal([("a", NodeStatus.Up), ("b", NodeStatus.Up)], merged.Nodes.Select(static n => (n.Name, n.Status)));
        Assert.Equal(new QueueFacts("default", 5, TimeSpan.FromSeconds(5)), Assert.Single(merged.Queues));
    }

    [Fact]
    public void No_time_has_passed_the_rate_is_zero()
    {
        var facts = new Facts();
        facts.Save("a");
        facts.Run("a", 0, Outcome.Succeeded, 1);

        var snapshot = ClusterSnapshot.Merge([Parts.Of(facts)], Parts.Cluster() with { Uptime = TimeSpan.Zero });

        Assert.Equal(0, snapshot.ExecutionsPerSecond);
    }
}
