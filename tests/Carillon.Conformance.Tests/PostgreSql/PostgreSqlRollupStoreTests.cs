namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlRollupStoreTests(PostgresFixture server) : RollupStoreSuite(new PostgreSqlHarness(server));
