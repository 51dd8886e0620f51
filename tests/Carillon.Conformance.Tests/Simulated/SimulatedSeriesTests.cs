namespace Carillon.Conformance.Tests;

public sealed class SimulatedSeriesTests() : SeriesSuite(new SimulatedHarness());
