namespace Carillon.Benchmarks.Results;

/// <summary>A ratio worth stating, taken run by run.</summary>
/// <param name="Metric">Of which value.</param>
/// <param name="Of">The contender above the line.</param>
/// <param name="To">The contender below it.</param>
internal sealed record Ratio(string Metric, string Of, string To);
