namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlJobStoreTests(PostgresFixture server) : JobStoreSuite(new PostgreSqlHarness(server));
