namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlErrorTests(PostgresFixture server) : ErrorSuite(new PostgreSqlHarness(server));
