namespace Carillon.Metrics;

/// <summary>One operation with one set of labels, with its quantiles. The figures belong to the reader.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Totals">Since the statistics began.</param>
/// <param name="Recent">In the last whole minute and the one that runs.</param>
/// <param name="Minute">The minute that has not ended; null when nothing is in it.</param>
/// <param name="Hour">The hour that has not ended; null when nothing is in it.</param>
public sealed record OperationStatistics(
    string Name,
    LabelSet Labels,
    OperationTotals Totals,
    OperationTotals Recent,
    OperationPeriod? Minute,
    OperationPeriod? Hour);
