using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The jobs of one shard.</summary>
/// <param name="Term">The term under which they were read.</param>
/// <param name="Jobs">In no particular order.</param>
public sealed record JobList(ShardTerm Term, IReadOnlyList<Job> Jobs);
