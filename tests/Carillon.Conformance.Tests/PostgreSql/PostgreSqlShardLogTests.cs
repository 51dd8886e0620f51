namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlShardLogTests(PostgresFixture server) : ShardLogSuite(new PostgreSqlHarness(server));
