namespace Carillon.Conformance.Tests;

public sealed class SqliteMaintenanceTests() : MaintenanceSuite(new SqliteHarness());
