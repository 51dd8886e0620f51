namespace Carillon.Conformance.Tests;

public sealed class SqliteMembershipTests() : MembershipSuite(new SqliteHarness());
