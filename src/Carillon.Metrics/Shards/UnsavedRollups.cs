using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>Roll-ups that are newer than their recorded form, which they take the place of.</summary>
/// <param name="Rollups">The roll-ups; empty also for a job that the shard does not have.</param>
public sealed record UnsavedRollups(IReadOnlyList<Rollup> Rollups);
