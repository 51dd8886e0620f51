namespace Carillon.Metrics;

/// <summary>What the jobs that share series have counted together.</summary>
/// <param name="Jobs">How many there are now.</param>
/// <param name="Counts">Their books, deleted ones included.</param>
/// <param name="Durations">Their durations, deleted ones included.</param>
public sealed record SharedFigures(int Jobs, ExecutionCounts Counts, HistogramValues Durations)
{
    /// <summary>Those of no job.</summary>
    public static readonly SharedFigures None = new(0, default, HistogramValues.Empty);

    /// <summary>These and others together.</summary>
    public SharedFigures Plus(SharedFigures other)
    {
        return new SharedFigures(Jobs + other.Jobs, Counts + other.Counts, Durations.Plus(other.Durations));
    }
}
