namespace Carillon.Metrics;

/// <summary>What a node records of operations and instruments.</summary>
public sealed record OperationRecorderOptions
{
    /// <summary>Whether anything is recorded. Default: yes.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How many sets of labels an operation or instrument has; later ones share one. Default: 2,000.</summary>
    public int MaxLabelSets { get; init; } = 2_000;

    /// <summary>How many operations a node records; later ones share one. Default: 1,000.</summary>
    public int MaxOperations { get; init; } = 1_000;
}
