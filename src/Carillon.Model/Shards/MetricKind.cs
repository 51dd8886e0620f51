namespace Carillon.Model;

/// <summary>What a recorded series is, and with it how parts of it are put together.</summary>
public enum MetricKind
{
    /// <summary>Calls of an operation: counts and durations add up.</summary>
    Operation = 1,

    /// <summary>A count that never falls: increments add up.</summary>
    Counter = 2,

    /// <summary>A count that goes up and down: what the living nodes have adds up.</summary>
    UpDownCounter = 3,

    /// <summary>A value of each living node by itself.</summary>
    Gauge = 4,

    /// <summary>Observations by bucket: counts and sums add up.</summary>
    Histogram = 5,
}
