namespace Carillon.Conformance.Tests;

public sealed class SimulatedMaintenanceTests() : MaintenanceSuite(new SimulatedHarness());
