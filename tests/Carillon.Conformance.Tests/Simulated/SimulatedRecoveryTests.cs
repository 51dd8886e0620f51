namespace Carillon.Conformance.Tests;

public sealed class SimulatedRecoveryTests() : RecoverySuite(new SimulatedHarness());
