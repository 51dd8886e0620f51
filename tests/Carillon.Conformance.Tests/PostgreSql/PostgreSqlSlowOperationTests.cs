namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlSlowOperationTests : SlowOperationSuite
{
    public PostgreSqlSlowOperationTests(PostgresFixture server)
        : this(server, new Log())
    {
    }

    private PostgreSqlSlowOperationTests(PostgresFixture server, Log log)
        : base(new PostgreSqlHarness(server) { Loggers = log, SlowQuery = TimeSpan.Zero }, log)
    {
    }
}
