namespace Carillon.Conformance.Tests;

public sealed class SimulatedErrorTests() : ErrorSuite(new SimulatedHarness());
