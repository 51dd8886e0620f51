using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The figures of one job.</summary>
/// <param name="Term">The shard, and the term of the owner that answers.</param>
/// <param name="Statistics">Null when the shard has no such job.</param>
public sealed record JobStatisticsRead(ShardTerm Term, JobStatistics? Statistics);
