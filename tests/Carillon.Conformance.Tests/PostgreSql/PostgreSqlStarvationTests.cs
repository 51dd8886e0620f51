namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlStarvationTests(PostgresFixture server) : StarvationSuite(new PostgreSqlHarness(server));
