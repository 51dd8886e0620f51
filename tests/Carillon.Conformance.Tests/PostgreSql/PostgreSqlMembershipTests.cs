namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlMembershipTests(PostgresFixture server) : MembershipSuite(
    new PostgreSqlHarness(server));
