namespace Carillon.Conformance.Tests;

public sealed class SimulatedRollupStoreTests() : RollupStoreSuite(new SimulatedHarness());
