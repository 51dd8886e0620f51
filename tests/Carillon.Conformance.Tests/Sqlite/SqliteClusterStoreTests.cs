namespace Carillon.Conformance.Tests;

public sealed class SqliteClusterStoreTests() : ClusterStoreSuite(new SqliteHarness());
