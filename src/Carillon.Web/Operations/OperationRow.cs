using Carillon.Metrics;

namespace Carillon.Web;

/// <summary>One operation in the list, all of its labels together.</summary>
internal sealed record OperationRow : OperationFigures
{
    public OperationRow(string name, IReadOnlyList<string> labelNames, int labelSets, OperationTotals totals)
        : base(totals)
    {
        Name = name;
        LabelNames = labelNames;
        LabelSets = labelSets;
    }

    /// <summary>The operation.</summary>
    public string Name { get; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> LabelNames { get; }

    /// <summary>How many combinations of them there are.</summary>
    public int LabelSets { get; }
}
