namespace Carillon.Metrics;

/// <summary>Answers <see cref="ReadOperation"/>.</summary>
/// <param name="Operations">Each operation and set of labels once, in no particular order.</param>
public sealed record OperationRead(IReadOnlyList<OperationStatistics> Operations);
