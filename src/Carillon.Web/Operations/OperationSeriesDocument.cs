using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>One operation with one combination of labels.</summary>
internal sealed record OperationSeriesDocument : OperationFigures
{
    public OperationSeriesDocument(IReadOnlyDictionary<string, string> labels, OperationTotals totals)
        : base(totals)
    {
        Labels = labels;
    }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; }
}
