namespace Carillon.Conformance.Tests;

public sealed class SimulatedClusterStoreTests() : ClusterStoreSuite(new SimulatedHarness());
