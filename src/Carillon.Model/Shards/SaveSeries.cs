namespace Carillon.Model;

/// <summary>Records the figures of a series, replacing the earlier ones.</summary>
/// <param name="Series">The series as it now is.</param>
public sealed record SaveSeries(MetricSeries Series) : ShardWrite
{
    /// <summary>Empty: it is about no job.</summary>
    public override string JobId => "";
}
