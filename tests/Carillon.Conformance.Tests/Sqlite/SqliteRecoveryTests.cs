namespace Carillon.Conformance.Tests;

public sealed class SqliteRecoveryTests() : RecoverySuite(new SqliteHarness());
