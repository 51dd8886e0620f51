namespace Carillon.Conformance.Tests;

public sealed class SqliteStarvationTests() : StarvationSuite(new SqliteHarness());
