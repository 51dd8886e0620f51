namespace Carillon.Conformance.Tests;

public sealed class SqliteSeriesTests() : SeriesSuite(new SqliteHarness());
