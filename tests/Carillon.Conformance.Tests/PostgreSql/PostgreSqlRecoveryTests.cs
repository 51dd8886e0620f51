namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlRecoveryTests(PostgresFixture server) : RecoverySuite(new PostgreSqlHarness(server));
