namespace Carillon.Web.Tests;

/// <summary>One node and its endpoints, shared by the tests of a class.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    internal SimulatedNode Node { get; } = new();

    internal WebHost Host { get; private set; } = null!; // set in InitializeAsync

    public async Task InitializeAsync()
    {
        await Node.UntilOpenAsync();
        Host = await WebHost.StartAsync(Node.Context);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Node.DisposeAsync();
    }
}
