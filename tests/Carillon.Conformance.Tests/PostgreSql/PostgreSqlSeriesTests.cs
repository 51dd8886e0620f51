namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlSeriesTests(PostgresFixture server) : SeriesSuite(new PostgreSqlHarness(server));
