namespace Carillon.Metrics;

/// <summary>Why an observation was not counted, or not as it was given.</summary>
public enum DropReason
{
    /// <summary>A duration or value that is no finite number, negative, or longer than ten years.</summary>
    Latency,

    /// <summary>More sets of labels than <c>metrics.max-label-sets</c>: counted under <c>_other</c>.</summary>
    LabelSets,

    /// <summary>More operations than a node records: counted under the operation <c>_other</c>.</summary>
    Operations,

    /// <summary>An instrument whose name belongs to another family, or that cannot be shown.</summary>
    Instruments,

    /// <summary>A node died with what it had recorded in its last second and not sent: one for each such node.</summary>
    Killed,

    /// <summary>The store refused a value.</summary>
    Refused,
}
