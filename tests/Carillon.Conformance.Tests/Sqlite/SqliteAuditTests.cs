namespace Carillon.Conformance.Tests;

public sealed class SqliteAuditTests() : AuditSuite(new SqliteHarness());
