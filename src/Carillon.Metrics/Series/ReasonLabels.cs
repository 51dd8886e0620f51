using System.Collections.Concurrent;

namespace Carillon.Metrics;

/// <summary>The labels of families that tell a reason.</summary>
internal static class ReasonLabels
{
    private static readonly ConcurrentDictionary<string, LabelSet> Sets = new(StringComparer.Ordinal);

    /// <summary>The set of a reason.</summary>
    public static LabelSet Of(string reason)
    {
        return Sets.GetOrAdd(reason, static reason => new LabelSet([new OperationLabel("reason", reason)]));
    }
}
