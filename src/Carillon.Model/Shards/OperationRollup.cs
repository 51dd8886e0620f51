namespace Carillon.Model;

/// <summary>The figures of one operation for one set of labels in one minute or hour that has ended.</summary>
/// <param name="Name">The operation.</param>
/// <param name="LabelsId">A digest of the labels.</param>
/// <param name="Span">Minute or hour.</param>
/// <param name="Start">When the minute or hour began, UTC.</param>
/// <param name="State">Labels and figures in their own format.</param>
public sealed record OperationRollup(
    string Name, Guid LabelsId, RollupSpan Span, DateTimeOffset Start, ReadOnlyMemory<byte> State);
