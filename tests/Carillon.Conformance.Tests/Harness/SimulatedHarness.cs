using Carillon.Testing;

namespace Carillon.Conformance.Tests;

/// <summary>A store in memory.</summary>
public sealed class SimulatedHarness : StoreHarness
{
    private readonly SimulatedDatabase _database = new(TimeProvider.System);

    public override Task<StoreNode> OpenNodeAsync()
    {
        var incarnation = Guid.NewGuid();
        return Task.FromResult(StoreNode.Of(incarnation, Connect(incarnation)));
    }

    private SimulatedStore Connect(Guid incarnation)
    {
        var store = new SimulatedStore(_database, incarnation);
        OnRemove(async () => await store.DisposeAsync());
        return store;
    }
}
