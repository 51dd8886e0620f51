namespace Carillon.Conformance.Tests;

public sealed class SimulatedShardLogTests() : ShardLogSuite(new SimulatedHarness());
