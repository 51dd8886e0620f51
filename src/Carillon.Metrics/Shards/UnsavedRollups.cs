using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Roll-ups that are newer than their recorded form, which they take the place of.</summary>
/// <param name="Term">The shard, and the term of the owner that answers.</param>
/// <param name="Rollups">The roll-ups; empty also for a job that the shard does not have.</param>
public sealed record UnsavedRollups(ShardTerm Term, IReadOnlyList<Rollup> Rollups);
