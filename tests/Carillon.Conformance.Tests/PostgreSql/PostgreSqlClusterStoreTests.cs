namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlClusterStoreTests(PostgresFixture server) : ClusterStoreSuite(
    new PostgreSqlHarness(server));
