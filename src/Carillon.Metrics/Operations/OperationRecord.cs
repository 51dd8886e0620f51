namespace Carillon.Metrics;

/// <summary>Everything there is to say about one call of an operation; each part may be missing.</summary>
public readonly record struct OperationRecord
{
    /// <summary>The operation.</summary>
    public required string Name { get; init; }

    /// <summary>How long it took; null when that is not known.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>Whether it succeeded; null when that is not known, or told by another record.</summary>
    public bool? Succeeded { get; init; }

    /// <summary>What went wrong, in a few words of a closed set, such as the name of an exception's type.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Which attempt this was, from 1; more than 1 counts a retry.</summary>
    public int Attempt { get; init; }

    /// <summary>Its labels; none by default.</summary>
    public ReadOnlyMemory<OperationLabel> Labels { get; init; }
}
