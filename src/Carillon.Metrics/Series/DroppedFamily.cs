namespace Carillon.Metrics;

/// <summary>The labels of <c>scheduler_metrics_dropped_total</c>.</summary>
internal static class DroppedFamily
{
    private static readonly LabelSet[] Sets =
        [.. Enum.GetValues<DropReason>().Select(static reason => new LabelSet([new OperationLabel("reason", Words.Of(reason))]))];

    /// <summary>The set of a reason.</summary>
    public static LabelSet LabelsOf(DropReason reason)
    {
        return Sets[(int)reason];
    }
}
