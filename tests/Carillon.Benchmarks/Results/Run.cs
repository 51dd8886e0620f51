namespace Carillon.Benchmarks.Results;

/// <summary>What one run of one contender gave.</summary>
/// <param name="Values">By the names in <see cref="Measures"/>.</param>
/// <param name="Series">The same over time, where that is the point; else null.</param>
internal sealed record Run(Dictionary<string, double> Values, IReadOnlyList<Dictionary<string, double>>? Series = null);
