using System.Collections.Concurrent;

namespace Carillon.Metrics;

/// <summary>The labels of <c>scheduler_metrics_dropped_total</c>.</summary>
internal static class DroppedFamily
{
    private static readonly ConcurrentDictionary<string, LabelSet> Sets = new(StringComparer.Ordinal);

    /// <summary>The set of a reason.</summary>
    public static LabelSet LabelsOf(string reason)
    {
        return Sets.GetOrAdd(reason, static reason => new LabelSet([new OperationLabel("reason", reason)]));
    }
}
