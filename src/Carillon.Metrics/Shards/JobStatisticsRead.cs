namespace Carillon.Metrics;

/// <summary>The figures of one job.</summary>
/// <param name="Statistics">Null when the shard has no such job.</param>
public sealed record JobStatisticsRead(JobStatistics? Statistics);
