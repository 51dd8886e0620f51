namespace Carillon.Model;

/// <summary>The recorded figures of one operation or instrument for one set of labels, all nodes together.</summary>
/// <param name="Kind">How parts of it are put together.</param>
/// <param name="Name">The operation, or the metric family of the instrument; at most 200 characters.</param>
/// <param name="LabelsId">A digest of the labels; a name and kind have each set once.</param>
/// <param name="State">Labels and figures in their own format.</param>
public sealed record MetricSeries(MetricKind Kind, string Name, Guid LabelsId, ReadOnlyMemory<byte> State);
