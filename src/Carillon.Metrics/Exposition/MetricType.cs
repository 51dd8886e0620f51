namespace Carillon.Metrics;

/// <summary>What kind of samples a family has.</summary>
internal enum MetricType
{
    /// <summary>A count that never falls.</summary>
    Counter,

    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>Observations by bucket.</summary>
    Histogram,

    /// <summary>Nothing is promised: for names that break the rules of their type.</summary>
    Unknown,
}
