namespace Carillon.Benchmarks.Results;

/// <summary>What a benchmark gave: the content of its JSON file.</summary>
internal sealed record BenchmarkResult
{
    /// <summary>Names the file.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The command that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>The machine.</summary>
    public required IReadOnlyDictionary<string, string> Machine { get; init; }

    /// <summary>The runs of each contender, in the order of the columns; the same number for each.</summary>
    public required IReadOnlyDictionary<string, List<Run>> Runs { get; init; }

    /// <summary>The ratios to state.</summary>
    public required IReadOnlyList<Ratio> Ratios { get; init; }
}
