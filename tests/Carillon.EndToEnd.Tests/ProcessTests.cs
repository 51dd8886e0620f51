using Carillon.EndToEnd.Tests.Servers;

namespace Carillon.EndToEnd.Tests;

/// <summary>Tests that start nodes run one at a time: two at once would wait for each other.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessTests : ICollectionFixture<StoreServers>
{
    public const string Name = "processes";
}
