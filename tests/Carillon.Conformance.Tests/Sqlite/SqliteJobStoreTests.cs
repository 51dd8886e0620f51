namespace Carillon.Conformance.Tests;

public sealed class SqliteJobStoreTests() : JobStoreSuite(new SqliteHarness());
