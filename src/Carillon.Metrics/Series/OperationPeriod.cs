namespace Carillon.Metrics;

/// <summary>What was recorded of an operation in one minute or hour.</summary>
/// <param name="Start">When it began, UTC.</param>
/// <param name="Totals">The figures.</param>
public sealed record OperationPeriod(DateTimeOffset Start, OperationTotals Totals);
