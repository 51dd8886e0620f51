namespace Carillon.Metrics;

/// <summary>One operation with one set of labels, as a page shows it. Immutable.</summary>
/// <param name="Name">The operation.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Successes">Calls that succeeded.</param>
/// <param name="Failures">Calls that failed, by what went wrong.</param>
/// <param name="Retries">Attempts beyond the first.</param>
/// <param name="Durations">How long calls took.</param>
public sealed record OperationSeries(
    string Name,
    LabelSet Labels,
    long Successes,
    IReadOnlyList<NamedCount> Failures,
    long Retries,
    HistogramValues Durations);
