namespace Carillon.Conformance.Tests;

public sealed class SqliteShardLogTests() : ShardLogSuite(new SqliteHarness());
