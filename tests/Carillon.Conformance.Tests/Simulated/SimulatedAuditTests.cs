namespace Carillon.Conformance.Tests;

public sealed class SimulatedAuditTests() : AuditSuite(new SimulatedHarness());
