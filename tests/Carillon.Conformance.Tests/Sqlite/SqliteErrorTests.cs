namespace Carillon.Conformance.Tests;

public sealed class SqliteErrorTests() : ErrorSuite(new SqliteHarness());
