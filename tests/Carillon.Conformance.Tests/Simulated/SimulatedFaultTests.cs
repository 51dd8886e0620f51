using Carillon.Testing;

namespace Carillon.Conformance.Tests;

/// <summary>What tests can do to the simulated store.</summary>
public sealed class SimulatedFaultTests
{
    private readonly SimulatedDatabase _database = new(TimeProvider.System);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Call_that_fails_before_its_work_changes_nothing()
    {
        var (store, owner) = await ConnectAsync();
        store.Faults.Decide = static call => call is "append" ? StoreFault.FailBefore : StoreFault.None;

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => owner.RecordAsync(Sample.Started(Sample.Key("a", 0))));

        Assert.Empty(_database.Attempts);
    }

    [Fact]
    public async Task Call_that_fails_after_its_work_has_done_it()
    {
        var (store, owner) = await ConnectAsync();
        store.Faults.Decide = static call => call is "append" ? StoreFault.FailAfter : StoreFault.None;

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => owner.RecordAsync(Sample.Started(Sample.Key("a", 0))));

        Assert.Single(_database.Attempts);
    }

    [Fact]
    public async Task Append_that_is_slow_to_arrive_finds_the_shard_taken_over()
    {
        var (store, owner) = await ConnectAsync();
        store.Faults.RequestDelay = TimeSpan.FromMilliseconds(50);
        var successor = new SimulatedStore(_database, Guid.NewGuid());

        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 0))));
        var taken = await successor.ClaimAsync(Guid.NewGuid(), owner.Terms, None);

        Assert.Equal(Owner.ShardCount, taken.Count);
        Assert.Equal([owner.TermOf("a").Shard], await append);
        await successor.DisposeAsync();
    }

    [Fact]
    public async Task Beat_fails_when_the_store_is_out_of_reach()
    {
        var (store, owner) = await ConnectAsync();
        await store.JoinAsync(owner.Node.Row("a"), TestTimes.Lease, None);
        store.Faults.Decide = static _ => StoreFault.FailBefore;

        Assert.Throws<StoreUnavailableException>(() => store.Beat(owner.Node.Incarnation, TestTimes.Lease));

        Assert.Equal(0, Assert.Single(_database.Nodes).Beat);
    }

    [Fact]
    public async Task Sessions_last_until_their_node_is_killed_or_the_server_starts_anew()
    {
        var (crashed, first) = await ConnectAsync();
        var (observer, second) = await ConnectAsync();
        var (idle, third) = await ConnectAsync();
        await AreSeenAsync(first, second, third);

        crashed.Kill();
        await AreSeenAsync(second, third);

        _database.EndSessions();
        await AreSeenAsync(second);

        await idle.ReadNodesAsync(None);
        await AreSeenAsync(second, third);

        async Task AreSeenAsync(params Owner[] owners)
        {
            var seen = await observer.ReadSessionsAsync(TimeSpan.Zero, None);
            Assert.Equal(owners.Select(static o => o.Node.Incarnation).ToHashSet(), seen.Incarnations.ToHashSet());
        }
    }

    private async Task<(SimulatedStore Store, Owner Owner)> ConnectAsync()
    {
        var incarnation = Guid.NewGuid();
        var store = new SimulatedStore(_database, incarnation);
        return (store, await Owner.ClaimAsync(StoreNode.Of(incarnation, store)));
    }
}
