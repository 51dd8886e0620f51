using Carillon.Model;

namespace Carillon.Cluster.Tests.Membership;

public sealed class OrphanWatchTests
{
    private readonly StepClock _time = new();
    private readonly OrphanWatch _watch;

    public OrphanWatchTests()
    {
        _watch = new OrphanWatch(_time);
    }

    [Fact]
    public void Shard_that_nobody_claims_has_waited_after_a_second()
    {
        Assert.Empty(Observe(new ShardRow(0, null, 4)));

        _time.Advance(seconds: 0.9);
        Assert.Empty(Observe(new ShardRow(0, null, 4), new ShardRow(1, null, 2)));

        _time.Advance(seconds: 0.1);
        Assert.Equal([new ShardTerm(0, 4)], Observe(new ShardRow(0, null, 4), new ShardRow(1, null, 2)));
    }

    [Fact]
    public void Shard_that_was_taken_and_lost_again_waits_anew()
    {
        Observe(new ShardRow(0, null, 4));
        _time.Advance(seconds: 0.9);
        Observe(new ShardRow(0, null, 6));
        _time.Advance(seconds: 0.9);

        Assert.Empty(Observe(new ShardRow(0, null, 6)));
    }

    private IReadOnlySet<ShardTerm> Observe(params ShardRow[] orphans)
    {
        return _watch.Observe(orphans);
    }
}
