namespace Carillon.Conformance.Tests;

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTestGroup : ICollectionFixture<PostgresFixture>
{
    public const string Name = "postgres";
}
