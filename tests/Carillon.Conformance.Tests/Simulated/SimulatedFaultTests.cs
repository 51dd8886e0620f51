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
    public async Task Sessions_of_a_node_last_until_it_is_disconnected_or_declared_dead()
    {
        var (crashed, first) = await ConnectAsync();
        var (stuck, second) = await ConnectAsync();
        await stuck.JoinAsync(second.Node.Row("b"), TestTimes.Lease, None);
        Assert.True(await stuck.HasSessionsAsync(first.Node.Incarnation, None));
        Assert.True(await crashed.HasSessionsAsync(second.Node.Incarnation, None));

        crashed.Disconnect();
        await crashed.DeclareDeadAsync(second.Node.Incarnation, 0, None);

        Assert.False(await stuck.HasSessionsAsync(first.Node.Incarnation, None));
        Assert.False(await stuck.HasSessionsAsync(second.Node.Incarnation, None));
    }

    private async Task<(SimulatedStore Store, Owner Owner)> ConnectAsync()
    {
        var incarnation = Guid.NewGuid();
        var store = new SimulatedStore(_database, incarnation);
        return (store, await Owner.ClaimAsync(StoreNode.Of(incarnation, store)));
    }
}
