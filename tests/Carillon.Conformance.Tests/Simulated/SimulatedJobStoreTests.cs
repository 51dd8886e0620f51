namespace Carillon.Conformance.Tests;

public sealed class SimulatedJobStoreTests() : JobStoreSuite(new SimulatedHarness());
