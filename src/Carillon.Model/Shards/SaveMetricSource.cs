namespace Carillon.Model;

/// <summary>Records how much of what a node recorded is merged; in one step with what was merged.</summary>
/// <param name="Source">The source as it now is.</param>
public sealed record SaveMetricSource(MetricSource Source) : ShardWrite
{
    /// <summary>Empty: it is about no job.</summary>
    public override string JobId => "";
}
