namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlAuditTests(PostgresFixture server) : AuditSuite(new PostgreSqlHarness(server));
