namespace Carillon.Conformance.Tests;

public sealed class SqliteRollupStoreTests() : RollupStoreSuite(new SqliteHarness());
