namespace Carillon.Conformance.Tests;

/// <summary>What every store is expected to do, once per store.</summary>
public abstract class StoreSuite(StoreHarness harness) : IAsyncLifetime
{
    private StoreNode? _node;

    /// <summary>The first node on an empty store.</summary>
    protected StoreNode Node => _node ?? throw new InvalidOperationException("the store is not open yet");

    protected static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _node = await harness.OpenNodeAsync();
    }

    public async Task DisposeAsync()
    {
        await harness.RemoveAsync();
    }

    protected Task<StoreNode> OpenAnotherNodeAsync()
    {
        return harness.OpenNodeAsync();
    }
}
