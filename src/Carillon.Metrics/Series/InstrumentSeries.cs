using System.Collections.Immutable;

namespace Carillon.Metrics;

/// <summary>One instrument with one set of labels, as a page shows it. Immutable.</summary>
/// <param name="Name">The family.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Shape">How it is shown.</param>
/// <param name="Value">The sum of a counter or histogram; millionths unless its values are whole.</param>
/// <param name="Counts">Observations of each bucket of a histogram alone.</param>
/// <param name="Nodes">What each living node last told of a gauge or an up-down counter.</param>
public sealed record InstrumentSeries(
    SeriesName Name,
    LabelSet Labels,
    InstrumentShape Shape,
    long Value,
    ImmutableArray<long> Counts,
    IReadOnlyList<NodeValue> Nodes);
