namespace Carillon.Conformance.Tests;

public sealed class SqliteSlowOperationTests : SlowOperationSuite
{
    public SqliteSlowOperationTests()
        : this(new Log())
    {
    }

    private SqliteSlowOperationTests(Log log)
        : base(new SqliteHarness { Loggers = log, SlowQuery = TimeSpan.Zero }, log)
    {
    }
}
