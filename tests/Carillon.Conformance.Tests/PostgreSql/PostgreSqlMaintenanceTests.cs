namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlMaintenanceTests(PostgresFixture server) : MaintenanceSuite(
    new PostgreSqlHarness(server));
